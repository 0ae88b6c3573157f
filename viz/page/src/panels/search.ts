// A box that completes names: a combobox as the ARIA authoring practices describe it.
import { make } from "../dom";
import type { Finder, Hit } from "../find";
import { typeOf } from "../graph";
import { say } from "../words";
import { type Desk, markIcon } from "./parts";

const MOST = 12;

export class SearchBox {
  private hits: Hit[] = [];
  private at = 0;

  constructor(
    private readonly desk: Desk,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly find: () => Finder,
    private readonly choose: (node: number) => void,
  ) {
    input.addEventListener("input", () => this.draw());
    input.addEventListener("focus", () => input.value && this.draw());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
  }

  private draw(): void {
    this.hits = this.find()(this.input.value, MOST);
    this.at = 0;
    const none = this.input.value.trim() !== "" && this.hits.length === 0;
    const options = this.hits.map((hit, n) => this.option(hit, n));
    this.list.replaceChildren(...options, ...(none ? [make("li", { class: "none" }, say("none"))] : []));
    this.list.hidden = this.hits.length === 0 && !none;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  private option({ node, alias }: Hit, n: number): HTMLElement {
    const { desk } = this;
    const pick = (event: Event) => {
      event.preventDefault();
      this.take(n);
    };
    return make(
      "li",
      { role: "option", id: `${this.list.id}-${n}`, mousedown: pick },
      markIcon(desk.graph.type[node], desk.palette()),
      make("span", { class: "hit" }, desk.graph.label[node], alias ? make("small", {}, alias) : null),
      make("span", { class: "kind" }, say(typeOf(desk.graph, node))),
    );
  }

  private mark(): void {
    if (!this.hits.length) return this.input.removeAttribute("aria-activedescendant");
    [...this.list.children].forEach((item, n) => {
      item.setAttribute("aria-selected", String(n === this.at));
      if (n === this.at) item.scrollIntoView?.({ block: "nearest" });
    });
    return this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private take(n: number): void {
    const hit = this.hits[n];
    if (!hit) return;
    this.input.value = "";
    this.close();
    this.input.blur();
    this.choose(hit.node);
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return; // Enter chooses a word of the input method first
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && this.hits.length) {
      event.preventDefault();
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = "";
      this.close();
      this.input.blur();
    }
  }
}
