// The colours of entities, lines and grounds, by day and by night, of the table that the server reads too. Types are told
// apart under protanopia, deuteranopia and tritanopia too (test/palette.test.ts measures it); a part of a region is as
// light as the ground around the region.
import table from "../../../ontology/colours.json";
import type { Family, TypeName } from "./kinds";

export type Colour =
  | TypeName
  | Family
  | "ground"
  | "raised"
  | "ink"
  | "soft"
  | "line"
  | "accent"
  | "region"
  | "inner"
  | "rim"
  | "name"
  | "faint"
  | "negated";
export type Palette = Readonly<Record<Colour, string>>;
export type Theme = "light" | "dark";

const paletteOf = (theme: Theme): Palette => {
  const colours: Readonly<Record<Colour, Readonly<Record<Theme, string>>>> = table;
  return Object.fromEntries(Object.entries(colours).map(([name, by]) => [name, by[theme]])) as Record<Colour, string>;
};

export const PALETTES: Readonly<Record<Theme, Palette>> = { light: paletteOf("light"), dark: paletteOf("dark") };
