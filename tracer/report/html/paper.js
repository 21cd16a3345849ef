/* The page of a paper: language, theme, print. */

(() => {
  const root = document.documentElement;
  const title = document.querySelector("title");
  document.getElementById("language").addEventListener("click", () => {
    const lang = root.dataset.lang === "zh" ? "en" : "zh";
    root.dataset.lang = root.lang = lang;
    document.title = title.dataset[lang];
  });
  document.getElementById("theme").addEventListener("click", () => {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });
  document.getElementById("print").addEventListener("click", () => print());
})();
