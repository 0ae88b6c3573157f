// Forms work without this script. It offers names while one is typed, and lets keys press the buttons that name them.
(() => {
  const offer = (input) => {
    const list = document.getElementById(input.getAttribute("list"));
    let asked = "";
    let timer = 0;
    const ask = async () => {
      const text = input.value.trim();
      if (!text || text === asked) return;
      asked = text;
      const query = new URLSearchParams({ q: text, type: input.dataset.names });
      const answer = await fetch(`/names?${query}`);
      if (!answer.ok || text !== asked) return;
      const names = await answer.json();
      list.replaceChildren(...names.map(({ label, type }) => Object.assign(new Option(type, label))));
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask().catch(() => {}), 120);
    });
  };
  document.querySelectorAll("input[data-names]").forEach(offer);

  const writes = (element) => element.closest("select, textarea, input:not([type=checkbox])");
  let gone = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || gone || writes(event.target)) return;
    const wanted = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.localName !== "summary") {
      gone = true;
      wanted.click();
      return;
    }
    wanted.parentElement.open = !wanted.parentElement.open;
    wanted.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
  });
  window.addEventListener("pageshow", () => { gone = false; });
})();
