// The only way in which this page makes elements: text is text, whatever it holds.

type Child = Node | string | null | undefined | false;
type Properties = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, properties);
  for (const child of children) if (child) element.append(child);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
export function makeSvg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  apply(element, properties);
  for (const child of children) if (child) element.append(child);
  return element;
}

function apply(element: Element, properties: Properties): void {
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, String(value));
  }
}

export function button(label: string, act: (event: Event) => void, properties: Properties = {}): HTMLButtonElement {
  return make("button", { type: "button", click: act, ...properties }, label);
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`this page has no #${id}`);
  return element as T;
}

// Only addresses of the web become links; anything else stays text.
export const webLink = (text: string, address: string): Node =>
  /^https?:\/\//i.test(address)
    ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text)
    : document.createTextNode(text);
