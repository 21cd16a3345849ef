/* The page: its tabs, search, filters, keys and address. All data is read from JSON and put on the
   page as text, never as markup. */

(() => {
  const data = Shell.read("page-data");
  const say = Shell.sayer(data.texts);
  const find = (id) => document.getElementById(id);
  const opened = Shell.language();
  let choice = new Choice();
  let current = 0;

  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const here = () => panels[current];

  function show(index) {
    current = index;
    panels.forEach((panel, place) => { panel.section.hidden = place !== index; });
    tabs.forEach((tab, place) => {
      tab.setAttribute("aria-selected", String(place === index));
      tab.tabIndex = place === index ? 0 : -1;
    });
    here().draw();
    look();
    tellAll();
  }

  tabs.forEach((tab, index) => {
    const go = (next) => { days.pause(); show(next); link(true); };
    tab.addEventListener("click", () => go(index));
    tab.addEventListener("keydown", (event) => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      if (!step) return;
      const next = (index + step + tabs.length) % tabs.length;
      go(next);
      tabs[next].focus();
    });
  });

  /* What several numbers share leads into the picture of each. */
  for (const button of document.querySelectorAll("[data-panel][data-box]")) {
    button.addEventListener("click", () => {
      show(Number(button.dataset.panel));
      here().pick(button.dataset.box, {isStep: true});
      here().open();
    });
  }

  /* Search: finds and walks what it finds; with the box ticked it is one more filter. */
  const field = find("search");
  const found = find("found");
  const only = find("only");
  let hits = [];
  let place = -1;
  const words = () => field.value.trim().toLowerCase();

  function look() {
    hits = here().search(words());
    place = -1;
    here().picture.mark(hits);
    found.textContent = !words() ? "" : hits.length ? count(0) : say("search_none");
  }

  function count(index) {
    return say("search_count", {index, count: hits.length});
  }

  function searched() {
    look();
    if (only.checked || choice.words) choose({words: only.checked ? words() : ""}, false);
  }

  field.addEventListener("input", searched);
  only.addEventListener("change", searched);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; searched(); }
    if (event.key !== "Enter" || !hits.length) return;
    event.preventDefault();
    place = (place + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
    here().pick(hits[place]);
    here().open();
    found.textContent = count(place + 1);
  });

  /* Filters. */
  const fields = {code: find("f-code"), layer: find("f-layer"), kind: find("f-kind"), status: find("f-status"), rule: find("f-rule")};
  const dates = {from: find("f-from"), to: find("f-to")};
  const reset = find("f-reset");

  function choose(values, isStep) {
    choice = choice.with(values);
    for (const panel of panels) panel.choose();
    tellAll();
    link(isStep);
  }

  function tellAll() {
    const {selection, showing} = here();
    find("f-count").textContent = showing.counts();
    reset.disabled = selection.isWhole;
    document.documentElement.classList.toggle("is-filtered", !selection.isWhole);
    days.tell(selection);
  }

  /* What is chosen, in words. */
  function inWords() {
    const option = (name) => [...fields[name].options].find(({value}) => value === choice[name])?.textContent || choice[name];
    const day = (name) => choice[name] !== null && Days.write(choice[name]);
    const chosen = {
      code: choice.code, layer: choice.layer !== "" && option("layer"), kind: choice.kind && option("kind"),
      status: choice.status && option("status"), rule: choice.rule && option("rule"),
      from: day("from"), to: day("to"), day: day("day"), words: choice.words,
    };
    return Object.entries(chosen).filter(([, what]) => what).map(([name, what]) => say(`filter.by_${name}`, {what}));
  }

  for (const [name, element] of Object.entries(fields)) {
    const typed = name === "code";
    element.addEventListener(typed ? "input" : "change", () => {
      choose({[name]: typed ? element.value.replace(/\D/g, "") : element.value}, !typed);
    });
  }
  for (const [name, element] of Object.entries(dates)) {
    element.addEventListener("change", () => {
      const given = element.value.trim();
      const day = given ? Days.read(given) : null;
      const isWrong = Boolean(given) && day === null;
      element.setAttribute("aria-invalid", String(isWrong));
      notice(isWrong ? say("filter.no_date") : "");
      if (!isWrong) choose({[name]: day}, true);
    });
  }
  reset.addEventListener("click", () => {
    days.pause();
    only.checked = false;
    choose({...new Choice()}, true);
    fill();
    notice("");
  });

  function fill() {
    for (const [name, element] of Object.entries(fields)) element.value = choice[name];
    for (const [name, element] of Object.entries(dates)) {
      element.value = choice[name] === null ? "" : Days.write(choice[name]);
      element.setAttribute("aria-invalid", "false");
    }
  }

  function notice(said) {
    const line = document.querySelector(".notice");
    line.textContent = said;
    line.hidden = !said;
  }

  /* The address. */
  function state(more = {}) {
    const panel = here();
    const item = more.item || (panel.details.isOpen ? panel.chosen : "");
    const day = (name) => (choice[name] === null ? "" : Days.write(choice[name]));
    return {
      number: panels.length > 1 ? panel.panel.number : "",
      item, in: item ? panel.panel.digest : "",
      code: choice.code, layer: choice.layer, kind: choice.kind, status: choice.status, rule: choice.rule,
      from: day("from"), to: day("to"), day: day("day"), q: choice.words,
      lang: Shell.language() === opened ? "" : Shell.language(),
    };
  }

  function link(isStep) {
    if (!isRestoring) links.put(state(), isStep);
  }

  let isRestoring = false;
  function restore(given) {
    if (!given) return;
    isRestoring = true;
    days.pause();
    const index = panels.findIndex(({panel}) => (given.isShort
      ? (given.panel ? panel.key === given.panel : panel.items.has(given.item))
      : panel.number === given.number));
    if (!given.isShort) {
      const known = (name) => ([...fields[name].options].some(({value}) => value === given[name]) ? given[name] : "");
      choice = new Choice({
        code: given.code.replace(/\D/g, ""), layer: known("layer"), kind: known("kind"), status: known("status"), rule: known("rule"),
        from: Days.read(given.from), to: Days.read(given.to), day: Days.read(given.day), words: given.q.toLowerCase(),
      });
      if (given.q || only.checked) field.value = given.q;
      only.checked = Boolean(given.q);
      fill();
      const lang = given.lang || opened;
      if (["zh", "en"].includes(lang) && lang !== Shell.language()) Shell.speak(lang);
      for (const panel of panels) panel.choose();
    }
    show(index < 0 ? (given.isShort ? current : 0) : index);
    const panel = here();
    const isOther = Boolean(given.in) && given.in !== panel.panel.digest;
    notice(isOther ? say("link_other", {digest: given.in.slice(0, 8)}) : "");
    if (given.item && panel.panel.items.has(given.item) && !isOther) {
      panel.pick(given.item);
      panel.open();
      if (given.isShort) panel.reach(given.item);
    } else panel.details.close();
    isRestoring = false;
  }

  Shell.when("language", () => {
    for (const panel of panels) {
      if (panel.picture) panel.picture.repaint();
      if (panel.folds) panel.folds.tell();
      panel.choose();
      if (panel.chosen) panel.live.textContent = panel.announce(panel.chosen);
    }
    if (words()) found.textContent = hits.length ? count(place + 1) : say("search_none");
    tellAll();
    link(false);
  });
  Shell.when("theme", () => panels.forEach((panel) => panel.picture && panel.picture.repaint()));

  const links = new Links(restore);
  const panels = data.panels.map((panel) => new Panel(panel, {
    say, link, inWords,
    nodes: Shell.read("page-nodes"),
    edges: Shell.read("page-edges"),
    choice: () => choice,
    linkTo: (item) => links.address(state({item})),
    dayKey: (event) => days.key(event),
  }));
  const days = new DayPlay({
    panel: () => here().panel,
    choice: () => choice,
    matches: () => here().matches(),
    say: (said) => here().showing.tellDay(said),
    set: (day, isPlayed) => choose({day}, !isPlayed || !days.isPlaying),
  }, say);
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => here().picture.open(), 150);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    field.focus();
  });
  for (const panel of panels) panel.choose();
  const first = links.read();
  show(0);
  Shell.whenWhole(() => { if (location.hash) restore(first); });
})();
