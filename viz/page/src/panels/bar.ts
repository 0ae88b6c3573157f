// The controls that a view has of its own.
import { button, make } from "../dom";
import type { Holder, View } from "../view";
import { say, type Word } from "../words";

type Choice<T> = readonly (readonly [T, Word])[];

const WAYS: Choice<View["way"]> = [
  ["up", "wayUp"],
  ["both", "wayBoth"],
  ["down", "wayDown"],
];
const ORDERS: Choice<View["by"]> = [
  ["generation", "byGeneration"],
  ["year", "byYear"],
];

export function drawBar(place: HTMLElement, holder: Holder, title: string): void {
  const view = holder.get();
  const focused = place.contains(document.activeElement) ? document.activeElement?.textContent : null;
  const parts: HTMLElement[] = [];
  if (view.show === "lineage") {
    parts.push(
      group(
        say("lineage"),
        choose(WAYS, view.way, (way) => holder.set({ way })),
      ),
      group(
        say("byYear"),
        choose(ORDERS, view.by, (by) => holder.set({ by })),
      ),
      button(say("withUses"), () => holder.set({ withUses: !holder.get().withUses }), {
        "aria-pressed": String(view.withUses),
      }),
    );
  } else if (view.show === "focus") {
    const hops = [1, 2, 3].map((n) =>
      button(String(n), () => holder.set({ hops: n, opened: [], closed: [] }), {
        "aria-pressed": String(view.hops === n),
      }),
    );
    parts.push(make("span", { class: "lead" }, say("hops")), group(say("hops"), hops));
  }
  const bold = title ? [make("strong", { class: "lead" }, title)] : [];
  place.replaceChildren(...bold, ...parts);
  place.hidden = parts.length === 0 && !title;
  if (focused) [...place.querySelectorAll("button")].find((b) => b.textContent === focused)?.focus();
}

const choose = <T>(choices: Choice<T>, now: T, set: (value: T) => void): HTMLElement[] =>
  choices.map(([value, word]) => button(say(word), () => set(value), { "aria-pressed": String(value === now) }));

const group = (label: string, children: readonly HTMLElement[]): HTMLElement =>
  make("span", { class: "segments", role: "group", "aria-label": label }, ...children);
