// The frame around the picture: tabs, help, the line that says how much there is.

import type { Arrangement } from "../arrange/arrangement";
import { button, make } from "../dom";
import type { Picture } from "../paint/picture";
import { isAnswer, type Show } from "../view";
import { number, say, type Word } from "../words";

const TABS: readonly Show[] = [
  "map",
  "focus",
  "lineage",
  "timeline",
  "matrix",
  "compare",
  "conflicts",
  "gaps",
  "table",
];

export function drawTabs(
  place: HTMLElement,
  show: Show,
  compared: number,
  answers: boolean,
  open: (show: Show) => void,
): void {
  const tabs = TABS.filter((name) => answers || !isAnswer(name));
  const shown = show === "path" ? [...tabs.slice(0, 3), "path" as const, ...tabs.slice(3)] : tabs;
  const focused = place.contains(document.activeElement) ? document.activeElement?.id : null;
  place.replaceChildren(
    ...shown.map((name) => {
      const many = name === "compare" && compared ? ` ${compared}` : "";
      const current = name === show ? { "aria-current": "page" } : {};
      return button(say(name) + many, () => open(name), { id: `tab-${name}`, ...current });
    }),
  );
  const current = place.querySelector<HTMLElement>("[aria-current]");
  if (current) place.scrollLeft = current.offsetLeft - (place.clientWidth - current.offsetWidth) / 2;
  if (focused) (place.querySelector<HTMLElement>(`#${focused}`) ?? current)?.focus();
}

const KEYS: readonly (readonly [string, Word])[] = [
  ["/", "keySearch"],
  ["← → ↑ ↓", "keyArrows"],
  ["Enter", "keyEnter"],
  ["1 2 3", "keyFocus"],
  ["l", "keyLineage"],
  ["p", "keyPath"],
  ["e", "keyExpand"],
  ["c", "keyCompare"],
  ["0", "keyFit"],
  ["+ −", "keyZoom"],
  ["t", "keyTable"],
  ["Esc", "keyEscape"],
];

export function drawHelp(dialog: HTMLDialogElement): void {
  const rows = KEYS.flatMap(([key, word]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(word))]);
  const close = button("×", () => dialog.close(), { class: "close", "aria-label": say("close") });
  dialog.replaceChildren(
    close,
    make("h2", {}, say("help")),
    make("p", {}, say("helpPointer")),
    make("dl", {}, ...rows),
  );
}

export interface Hidden {
  // By the filters, and because nothing is related to them.
  readonly filtered: number;
  readonly lonely: number;
  readonly page: readonly [things: number, relations: number];
}

export function statusOf(
  arrangement: Arrangement,
  picture: Pick<Picture, "bundled" | "leftOut">,
  hidden: Hidden,
): string {
  const parts = [say("statusMap", { things: number(arrangement.count), relations: number(arrangement.lines.length) })];
  if (picture.bundled) parts.push(say("statusBundled"));
  if (picture.leftOut) parts.push(say("statusLines", { n: number(picture.leftOut) }));
  if (arrangement.leftOut) parts.push(say("statusLeftOut", { n: number(arrangement.leftOut) }));
  if (hidden.filtered && arrangement.show === "map") parts.push(say("statusHidden", { n: number(hidden.filtered) }));
  if (hidden.lonely && arrangement.show === "map") parts.push(say("statusLonely", { n: number(hidden.lonely) }));
  if (hidden.page[0]) {
    parts.push(say("statusPage", { things: number(hidden.page[0]), relations: number(hidden.page[1]) }));
  }
  return parts.join(" · ");
}

export function looseSwitch(on: boolean, possible: boolean, flip: () => void): HTMLElement {
  return make(
    "button",
    {
      type: "button",
      class: "switch",
      "data-key": "loose",
      title: say("looseTip"),
      "aria-pressed": String(on),
      disabled: !possible,
      click: flip,
    },
    make("span", {}, say("loose")),
  );
}
