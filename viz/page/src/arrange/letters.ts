// How long and how large texts on a picture are: they keep their size on the screen, so on the plane it changes with the scale.
import type { Pictured } from "../view";

// Columns of letters that a label has at most; where labels stand in columns, these are as wide as that.
export const LETTERS: Record<Pictured, number> = { map: 30, focus: 34, lineage: 30, path: 34, timeline: 24 };

// In pixels: of labels where there is room, of those that stand close, and of what stands behind a label.
export const LARGE = 13;
export const SMALL = 11;
const CLOSE = 0.85;
export const letterSize = (scale: number): number => (scale < CLOSE ? SMALL : LARGE);

// In pixels: between a label and what stands behind it, and between both and a line that begins there.
export const BEHIND = 5;
const CLEAR = 6;

// Of a mark with a label beside it, each in pixels as wide as large letters are.
export interface Labelled {
  readonly mark: number;
  readonly label: number;
  // 0 where nothing stands behind the label.
  readonly aside: number;
}

// How far from the middle of the mark a line begins that is to stay clear of the text, on the plane.
export function clearOf({ mark, label, aside }: Labelled, scale: number): number {
  const text = (label * letterSize(scale)) / LARGE + (aside && BEHIND + (aside * SMALL) / LARGE);
  return (mark + text + CLEAR) / scale;
}
