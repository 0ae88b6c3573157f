// Light, dark or as the system has it. It runs before anything is painted, and keeps the choice in this browser only.
(function () {
  "use strict";
  var KEY = "papergraph-theme";
  var root = document.documentElement;
  function kept() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch (error) {
      return ""; // storage may be switched off; the system's setting counts then
    }
  }
  function show(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }
  show(kept());
  addEventListener("storage", function (event) {
    if (event.key === KEY) show(event.newValue || "");
  });
  addEventListener("DOMContentLoaded", function () {
    var choice = document.getElementById("theme");
    if (!choice) return;
    choice.value = root.dataset.theme || "";
    choice.parentNode.hidden = false;
    choice.addEventListener("change", function () {
      show(choice.value);
      try {
        if (choice.value) localStorage.setItem(KEY, choice.value);
        else localStorage.removeItem(KEY);
      } catch (error) {
        // the choice holds for this page
      }
    });
  });
})();
