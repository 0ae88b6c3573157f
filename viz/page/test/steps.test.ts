// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import { keepSteps } from "../src/steps";

describe("back and forward", () => {
  it("stand in the address where the page has one", () => {
    const steps = keepSteps(() => undefined);
    steps.tell("n=a", true);
    steps.tell("n=b", false);
    expect(location.hash).toBe("#n=b");
    expect(steps.can).toEqual({ back: true, forward: false });
  });

  it("work in a frame that has none", () => {
    const refuse = vi.spyOn(history, "replaceState").mockImplementation(() => {
      throw new DOMException("no address");
    });
    const shown: string[] = [];
    const steps = keepSteps((address) => shown.push(address));
    steps.tell("n=a", true);
    steps.tell("n=b", true);
    steps.back();
    steps.back();
    steps.back();
    steps.forward();
    expect(shown).toEqual(["n=a", "", "n=a"]);
    expect(steps.can).toEqual({ back: true, forward: true });
    refuse.mockRestore();
  });
});
