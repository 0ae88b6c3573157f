// What the pointer does on the canvas: it brings out what it is over, and chooses what it clicks.
import { make } from "./dom";
import { predicateOf } from "./graph";
import { edgeAt, nodeAt } from "./scene";
import type { Stage } from "./stage";
import { sayRelation } from "./words";

export interface PointerActs {
  hover(target: Target | null): void;
  choose(target: Target | null): void;
  open(node: number): void;
}

export type Target = { readonly node: number } | { readonly edge: number };

const INTENT = 70;

export function followPointer(stage: Stage, acts: PointerActs): void {
  const { engine, scene } = stage;
  const { box } = engine;
  const tip = make("div", { class: "tip", role: "presentation", hidden: true });
  box.parentElement?.append(tip);
  let over = "";
  let timer = 0;
  let pressed = false;

  function targetAt(x: number, y: number): Target | null {
    const { x: px, y: py } = engine.toPlane(x, y);
    // What is pointed at itself counts before a label that lies above it.
    const mark = nodeAt(scene, px, py, 0);
    if (mark !== null) return { node: mark };
    const label = stage.labelAt(x, y);
    if (label !== null) return { node: label };
    const node = nodeAt(scene, px, py);
    if (node !== null) return { node };
    const edge = edgeAt(scene, px, py);
    return edge === null ? null : { edge };
  }

  function move(event: PointerEvent): void {
    if (pressed || event.pointerType === "touch") return;
    const { left, top } = box.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const target = targetAt(x, y);
    box.style.cursor = target ? "pointer" : "grab";
    const key = target ? JSON.stringify(target) : "";
    placeTip(x, y);
    if (key === over) return;
    over = key;
    clearTimeout(timer);
    // A pointer that only passes by brings nothing out.
    timer = window.setTimeout(() => {
      acts.hover(target);
      showTip(target, x, y);
    }, INTENT);
  }

  function showTip(target: Target | null, x: number, y: number): void {
    tip.hidden = target === null;
    if (!target) return;
    const { graph } = scene;
    if ("node" in target) tip.replaceChildren(graph.label[target.node]);
    else {
      const { edge } = target;
      tip.replaceChildren(
        graph.label[graph.from[edge]],
        make("em", {}, ` ${sayRelation(predicateOf(graph, edge), true)} `),
        graph.label[graph.to[edge]],
      );
    }
    placeTip(x, y);
  }

  function placeTip(x: number, y: number): void {
    const right = x > box.clientWidth * 0.62;
    tip.style.left = right ? "" : `${x + 14}px`;
    tip.style.right = right ? `${box.clientWidth - x + 14}px` : "";
    tip.style.top = `${Math.max(4, y - 34)}px`;
  }

  function leave(): void {
    clearTimeout(timer);
    over = "";
    tip.hidden = true;
    acts.hover(null);
  }

  box.addEventListener("pointermove", move);
  box.addEventListener("pointerleave", leave);
  box.addEventListener(
    "pointerdown",
    (event) => {
      pressed = true;
      tip.hidden = true;
      hold(event);
    },
    { capture: true },
  );
  const release = () => {
    pressed = false;
  };
  addEventListener("pointerup", release, { capture: true });
  addEventListener("pointercancel", release, { capture: true });

  // The engine lets people drag only what it holds.
  function hold(event: PointerEvent): void {
    const { left, top } = box.getBoundingClientRect();
    const { x, y } = engine.toPlane(event.clientX - left, event.clientY - top);
    const node = nodeAt(scene, x, y);
    if (node !== null && !engine.owned().has(node)) engine.own([...engine.owned(), node], scene.x, scene.y);
  }

  engine.network.on("click", ({ pointer }) => acts.choose(targetAt(pointer.DOM.x, pointer.DOM.y)));
  engine.network.on("doubleClick", ({ pointer }) => {
    const target = targetAt(pointer.DOM.x, pointer.DOM.y);
    if (target && "node" in target) acts.open(target.node);
  });
}
