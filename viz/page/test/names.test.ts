import { describe, expect, it } from "vitest";
import { Said, shortNames } from "../src/paint/names";

const regions = (...names: string[]) => names.map((name) => ({ name, x: 0, y: 0, radius: 1, parent: -1 }));

describe("what regions are called on the map", () => {
  it("is what they are about, where no other region is about the same", () => {
    const names = shortNames(regions("Eviction · H2O", "Serving · vLLM", "Serving · SGLang", "LoRA"));
    expect([...names.values()]).toEqual(["Eviction", "Serving · vLLM", "Serving · SGLang", "LoRA"]);
  });
});

describe("what is said", () => {
  it("is not said again, however it is spelt", () => {
    const said = new Said();
    said.name("Serving · vLLM");
    expect([said.first("serving"), said.first("VLLM"), said.first("SGLang"), said.first("SGLang")]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
  it("may have been cut short", () => {
    const said = new Said();
    said.name("Retrieval-Augmented…");
    expect([said.first("Retrieval-Augmented Generation"), said.first("Retrieval")]).toEqual([false, true]);
  });
});
