// The colours of things, lines and grounds, by day and by night. Types are told apart under protanopia, deuteranopia and
// tritanopia too (test/palette.test.ts measures it); a part of a region is as light as the ground around the region.
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
  | "faint";
export type Palette = Readonly<Record<Colour, string>>;
export type Theme = "light" | "dark";

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: "#fbfaf7",
    raised: "#ffffff",
    ink: "#23272d",
    soft: "#5c6067",
    line: "#e3ded3",
    accent: "#2b5c8f",
    region: "#f5f2ea",
    inner: "#fbfaf7",
    rim: "#dcd6c7",
    name: "#6e685b",
    faint: "#d6d2c8",
    Paper: "#848a9d",
    Method: "#00545d",
    Model: "#26846b",
    Institution: "#ab8438",
    Hardware: "#824225",
    Dataset: "#815aa1",
    Topic: "#57564a",
    Person: "#3e3538",
    builds: "#0a5159",
    parts: "#5894a0",
    made: "#86847c",
    compares: "#bb7530",
    runs: "#87401f",
    data: "#81579b",
    filed: "#bdb7a8",
  },
  dark: {
    ground: "#15181c",
    raised: "#1f242a",
    ink: "#e7e4dd",
    soft: "#a2a6ab",
    line: "#2d3239",
    accent: "#8db9e6",
    region: "#1b1f24",
    inner: "#20252b",
    rim: "#30363d",
    name: "#8f9399",
    faint: "#3b4147",
    Paper: "#68768a",
    Method: "#86d7de",
    Model: "#5aa28d",
    Institution: "#dcb378",
    Hardware: "#a36950",
    Dataset: "#ab89ca",
    Topic: "#c8c3b8",
    Person: "#82716f",
    builds: "#7fc4cb",
    parts: "#4b838b",
    made: "#706d67",
    compares: "#e2a766",
    runs: "#b7704f",
    data: "#a585c6",
    filed: "#50565d",
  },
};
