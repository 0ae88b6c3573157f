// Back and forward: through the browser's history where the page has an address, else through one of its own.

export interface Steps {
  // Says where we are now; a step is kept to come back to, a touch replaces the last.
  tell(address: string, isStep: boolean): void;
  back(): void;
  forward(): void;
  readonly can: { readonly back: boolean; readonly forward: boolean };
}

const hasAddress = (): boolean => {
  // Of about:srcdoc only the page around it could be changed, which is none of ours.
  if (!["file:", "http:", "https:"].includes(location.protocol)) return false;
  try {
    history.replaceState({ at: history.state?.at ?? 0 }, "");
    return true;
  } catch {
    return false;
  }
};

export function keepSteps(show: (address: string) => void): Steps {
  // In the frame of a notebook the page has no address that could be changed.
  let own: string[] | null = hasAddress() ? null : [""];
  const position = own ? 0 : history.state?.at;
  let at = typeof position === "number" ? position : 0;
  let furthest = at;
  addEventListener("popstate", (event) => {
    at = event.state?.at ?? 0;
    show(location.hash.slice(1));
  });
  const step = (by: number) => {
    if (!own) return by < 0 ? history.back() : history.forward();
    if (own[at + by] === undefined) return undefined;
    at += by;
    return show(own[at]);
  };
  return {
    tell(address, isStep) {
      if (own) {
        if (own[at] === address) return;
        if (isStep) own = [...own.slice(0, ++at), address];
        else own[at] = address;
        furthest = own.length - 1;
        return;
      }
      if (address === location.hash.slice(1)) return;
      const place = address ? `#${address}` : location.pathname + location.search;
      if (isStep) {
        furthest = ++at;
        history.pushState({ at }, "", place);
      } else history.replaceState({ at }, "", place);
    },
    back: () => step(-1),
    forward: () => step(1),
    get can() {
      return { back: at > 0, forward: at < furthest };
    },
  };
}
