import { describe, expect, it } from "vitest";
import { type Colour, PALETTES, type Palette, type Theme } from "../src/palette";

type Triple = readonly [number, number, number];

const linear = (hex: string): Triple => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};
const times = (m: readonly Triple[], v: Triple): Triple =>
  m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple;

// Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB.
const VISIONS: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

// Ottosson's OKLab (2020), in hundredths: about 2 can just be told apart side by side.
function lab(rgb: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((v) => Math.min(1, Math.max(0, v))) as unknown as Triple,
  );
  const roots = lms.map(Math.cbrt) as unknown as Triple;
  return times(
    [
      [21.04542553, 79.3617785, -0.40720468],
      [197.79984951, -242.8592205, 45.05937099],
      [2.59040371, 78.27717662, -80.8675766],
    ],
    roots,
  );
}
const apart = (a: string, b: string, vision: string): number => {
  const [x, y] = [lab(times(VISIONS[vision], linear(a))), lab(times(VISIONS[vision], linear(b)))];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
};

// WCAG 2.2, 1.4.11 and 1.4.3.
function contrast(a: string, b: string): number {
  const light = (hex: string) => linear(hex).reduce((sum, value, n) => sum + value * [0.2126, 0.7152, 0.0722][n], 0.05);
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return high / low;
}

const CORE: Colour[] = ["Paper", "Method", "Model", "Institution", "Hardware", "Dataset"];

describe.each(Object.entries(PALETTES) as [Theme, Palette][])("the %s palette", (_, palette) => {
  it.each(Object.keys(VISIONS))("tells types apart under %s vision", (vision) => {
    for (const a of CORE) {
      for (const b of CORE)
        if (a < b) expect([a, b, apart(palette[a], palette[b], vision)]).toSatisfy(([, , d]) => d > 7);
    }
  });
  it("lets marks stand out from the ground and from regions", () => {
    for (const mark of [...CORE, "Topic", "Person"] as Colour[]) {
      for (const ground of ["ground", "region", "inner"] as const) {
        expect(contrast(palette[mark], palette[ground])).toBeGreaterThanOrEqual(3);
      }
    }
  });
  it("lets all text be read", () => {
    for (const text of ["ink", "soft", "accent", "name"] as const) {
      for (const ground of ["ground", "raised", "region"] as const) {
        expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});
