// Light, dark, or as the system says. A classic script in the head: it runs before the first paint.
(() => {
  const root = document.documentElement;
  const KEY = "interleave-theme";
  const LABELS = { auto: "Auto", light: "Light", dark: "Dark" };

  const chosen = () => {
    const asked = new URLSearchParams(location.search).get("theme");
    if (asked in LABELS) return asked; // an embed follows its host
    try {
      return localStorage.getItem(KEY) in LABELS ? localStorage.getItem(KEY) : "auto";
    } catch {
      return "auto"; // storage can be forbidden, in frames above all
    }
  };

  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.dataset.themeChoice = theme;
    for (const label of document.querySelectorAll("[data-theme-label]")) label.textContent = LABELS[theme];
  };

  show(chosen());
  addEventListener("DOMContentLoaded", () => show(root.dataset.themeChoice));
  addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const order = Object.keys(LABELS);
    const next = order[(order.indexOf(root.dataset.themeChoice) + 1) % order.length];
    show(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // The choice lasts as long as the page.
    }
  });
  addEventListener("interleave-theme", (event) => event.detail in LABELS && show(event.detail));
})();
