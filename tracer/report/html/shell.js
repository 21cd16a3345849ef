"use strict";
/* What every page does: language, theme, print. The rest of a page hears of a change by an event. */

const Shell = (() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = (name) => document.dispatchEvent(new Event(name));

  function inLanguage(said) {
    return typeof said === "string" ? said : said[root.dataset.lang === "zh" ? 0 : 1];
  }

  function speak(lang) {
    root.dataset.lang = root.lang = lang;
    for (const element of document.querySelectorAll("[data-attr]")) {
      element.setAttribute(element.dataset.attr, element.dataset[lang]);
    }
    for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[lang];
    document.title = document.querySelector("title").dataset[lang];
    tell("tracer-language");
  }

  function theme() {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
    root.dataset.theme = isDark ? "light" : "dark";
    tell("tracer-theme");
  }

  /* Text goes in as text, never as markup. */
  function make(tag, words, name) {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (name) element.className = name;
    return element;
  }

  /* What is said in both languages, of which the style shows one; a text of its own where they say the same. */
  function both(said) {
    if (typeof said === "string") return [document.createTextNode(said)];
    return ["zh", "en"].map((lang, place) => {
      const element = make("span", said[place], lang);
      element.lang = lang;
      return element;
    });
  }

  /* Text of the catalogue; a page brings what its scripts say. {count:row|rows} goes by the number. */
  function sayer(texts) {
    return (key, values = {}, lang = root.dataset.lang) => texts[lang][key].replace(
      /\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g, (whole, name, one, several) => {
        if (!(name in values)) return whole;
        if (one === undefined) return String(values[name]);
        return String(values[name]) === "1" ? one : several;
      });
  }

  /* The picture is drawn before the end of a large page is read; until then nothing can be asked for. */
  function whenWhole(act) {
    if (document.readyState !== "loading") return act();
    document.body.inert = true;
    return document.addEventListener("DOMContentLoaded", () => {
      document.body.inert = false;
      act();
    });
  }

  root.classList.remove("still");
  document.getElementById("language").addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));
  document.getElementById("theme").addEventListener("click", theme);
  document.getElementById("print").addEventListener("click", () => print());
  dark.addEventListener("change", () => tell("tracer-theme"));
  return {
    inLanguage, speak, make, both, sayer, whenWhole,
    read: (id) => JSON.parse(document.getElementById(id).textContent),
    figure: (number) => number.toLocaleString("en-US"),
    language: () => root.dataset.lang,
    when: (name, act) => document.addEventListener("tracer-" + name, act),
  };
})();
