// Texts as small pictures: drawn once with a halo, then only copied, which costs a tenth of drawing letters.

export interface TextStyle {
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  readonly halo: string;
}

export interface Sprite {
  readonly text: string;
  readonly style: TextStyle;
  readonly picture: HTMLCanvasElement;
  // In pixels of the page, without the halo around.
  readonly width: number;
  readonly height: number;
}

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
export const HALO = 3;
const MOST = 1500;

const sprites = new Map<string, Sprite>();
let ruler: CanvasRenderingContext2D | null = null;

const fontOf = ({ weight, size }: Pick<TextStyle, "weight" | "size">): string => `${weight} ${size}px ${FONT}`;

export function widthOf(text: string, size: number, weight: number): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length * size * 0.55;
  ruler.font = fontOf({ size, weight });
  return ruler.measureText(text).width;
}

export function spriteOf(text: string, style: TextStyle, density: number): Sprite {
  const key = `${text}\u0000${style.size} ${style.weight} ${style.colour} ${style.halo} ${density}`;
  const known = sprites.get(key);
  if (known) return known;
  if (sprites.size > MOST) sprites.clear();
  const sprite = draw(text, style, density);
  sprites.set(key, sprite);
  return sprite;
}

function draw(text: string, style: TextStyle, density: number): Sprite {
  const width = Math.ceil(widthOf(text, style.size, style.weight));
  const height = Math.ceil(style.size * 1.3);
  const picture = document.createElement("canvas");
  picture.width = Math.ceil((width + 2 * HALO) * density);
  picture.height = Math.ceil((height + 2 * HALO) * density);
  const pen = picture.getContext("2d");
  if (pen) {
    pen.scale(density, density);
    pen.font = fontOf(style);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = HALO * 1.6;
    pen.strokeStyle = style.halo;
    pen.globalAlpha = 0.92;
    pen.strokeText(text, HALO, HALO + height / 2);
    pen.globalAlpha = 1;
    pen.fillStyle = style.colour;
    pen.fillText(text, HALO, HALO + height / 2);
  }
  return { text, style, picture, width, height };
}
