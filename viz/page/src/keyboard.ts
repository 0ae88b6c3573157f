// Keys of the whole page, and those of the canvas.
import type { Direction } from "./compass";

export interface KeyActs {
  search(): void;
  escape(): void;
  fit(): void;
  // Nearer (1) or further away (-1).
  zoom(step: 1 | -1): void;
  go(direction: Direction): void;
  open(): void;
  focus(hops: number): void;
  lineage(): void;
  path(): void;
  expand(): void;
  compare(): void;
  table(): void;
  help(): void;
}

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

export function listenToKeys(canvas: HTMLElement, acts: KeyActs): void {
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return acts.escape();
    if (target.matches("input, select, textarea")) return;
    const act = anywhere(event.key, acts) ?? (canvas.contains(target) ? onCanvas(event.key, acts) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function anywhere(key: string, acts: KeyActs): (() => void) | null {
  switch (key) {
    case "/":
      return acts.search;
    case "?":
      return acts.help;
    case "0":
      return acts.fit;
    case "+":
    case "=":
      return () => acts.zoom(1);
    case "-":
      return () => acts.zoom(-1);
    case "1":
    case "2":
    case "3":
      return () => acts.focus(Number(key));
    case "l":
      return acts.lineage;
    case "p":
      return acts.path;
    case "e":
      return acts.expand;
    case "c":
      return acts.compare;
    case "t":
      return acts.table;
    default:
      return null;
  }
}

function onCanvas(key: string, acts: KeyActs): (() => void) | null {
  if (key in ARROWS) return () => acts.go(ARROWS[key]);
  return key === "Enter" ? acts.open : null;
}
