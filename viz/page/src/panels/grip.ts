// On a narrow page the panel is a sheet at the foot of it: a handle pulls it up, and down again.
import { make } from "../dom";
import { say } from "../words";

export interface Grip {
  // The handle, made anew with the contents of the panel.
  handle(): HTMLElement;
  pull(up: boolean): void;
}

// In pixels: a finger that moves less has tapped.
const TAP = 12;

export function makeGrip(panel: HTMLElement, pulled: () => void): Grip {
  let handle: HTMLElement | null = null;
  // A stroke that ends on the handle is no click on it, however late the browser sends one.
  let stroked = false;

  function pull(up: boolean): void {
    if (panel.classList.toggle("tall", up) === up) pulled();
    handle?.setAttribute("aria-expanded", String(up));
  }

  // A tap flips the sheet, a stroke says where it goes.
  function follow(event: PointerEvent): void {
    const from = event.clientY;
    stroked = false;
    const done = (end: PointerEvent) => {
      const way = end.clientY - from;
      if (Math.abs(way) <= TAP) return;
      stroked = true;
      pull(way < 0);
    };
    addEventListener("pointerup", done, { once: true });
  }

  return {
    pull,
    handle() {
      handle = make("button", {
        type: "button",
        class: "grip",
        "aria-label": say("pull"),
        "aria-expanded": String(panel.classList.contains("tall")),
        "aria-controls": panel.id,
        pointerdown: (event) => follow(event as PointerEvent),
        click: (event) => {
          // A click from the keyboard has no detail, and belongs to no stroke.
          const typed = (event as MouseEvent).detail === 0;
          if (typed || !stroked) pull(!panel.classList.contains("tall"));
        },
      });
      return handle;
    },
  };
}
