/* The page: its tabs, panels, search, filters and keys. All data is read from JSON and put on the
   page as text, never as markup. */

(() => {
  const {inLanguage} = Shell;
  const data = Shell.read("page-data");
  const allNodes = Shell.read("page-nodes");
  const allEdges = Shell.read("page-edges");
  const say = Shell.sayer(data.texts);
  const find = (id) => document.getElementById(id);
  const opened = Shell.language();
  let choice = new Choice();
  let current = 0;

  class Panel {
    constructor(panel) {
      this.panel = panel;
      this.section = find(panel.key);
      this.stage = this.section.querySelector(".stage");
      this.live = this.section.querySelector("p.heard");
      this.nodes = allNodes.filter((node) => node.panel === panel.key);
      this.showing = new Showing(panel, this.section, panel.parts.length ? [] : this.nodes, say);
      this.details = new Details(panel, this.section.querySelector(".details"), say, {
        pick: (item) => this.pick(item, {isStep: true}),
        closed: (wasInside) => { if (wasInside) this.stage.focus(); link(true); },
        isShown: (item) => this.selection.shows(item),
        linkTo: (item) => links.address(state({item})),
      });
      this.rows = new Map();
      for (const row of this.section.querySelectorAll("[data-item], [data-leads-to]")) this.listen(row);
      this.section.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.details.close();
      });
      for (const button of this.section.querySelectorAll("[data-zoom]")) {
        button.addEventListener("click", () => this.zoom(button.dataset.zoom));
      }
      for (const table of this.section.querySelectorAll("table[data-sortable]")) sortable(table);
    }

    listen(row) {
      const item = row.dataset.item || row.dataset.leadsTo;
      if (row.dataset.item) this.rows.set(item, row);
      const open = (move) => { this.pick(item, {isStep: true}); this.open(move); };
      row.addEventListener("click", (event) => { if (!event.target.closest("summary, a")) open(false); });
      row.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target !== row) return;
        event.preventDefault();
        open(true);
      });
    }

    draw() {
      if (this.picture) return this.picture.open();
      const edges = allEdges.filter((edge) => edge.panel === this.panel.key);
      const given = {nodes: this.nodes, edges, options: Shell.read("page-options")};
      this.picture = new Picture(
        this.panel, this.stage, given, (item) => this.pick(item, {isInPicture: true}), (move) => this.open(move));
      this.folds = new Folds(this.panel, this.picture, this.section.querySelector(".trail"), say);
      this.stage.addEventListener("keydown", (event) => days.key(event));
      return this.picture.show(this.selection);
    }

    zoom(how) {
      if (how === "fit") this.picture.fit();
      else this.picture.zoom(how === "in" ? 1.25 : 0.8);
    }

    /* Everything that fits the choice, and nothing else, stays. */
    choose() {
      this.selection = new Selection(this.panel, choice, this.matches());
      this.showing.put(this.selection, inWords());
      if (this.picture) this.picture.show(this.selection);
      if (this.details.isOpen) this.details.fill();
    }

    matches() {
      return choice.words ? new Set(this.search(choice.words)) : null;
    }

    pick(item, {isInPicture = false, isStep = false} = {}) {
      if (!this.panel.items[item]) return;
      this.chosen = item;
      for (const [id, row] of this.rows) row.classList.toggle("chosen", id === item);
      if (!isInPicture) this.folds.find(item);
      if (isInPicture) this.picture.chosen = item;
      else this.picture.select(item);
      this.picture.concern(this.panel.items[item].boxes);
      this.live.textContent = this.announce(item);
      if (this.details.isOpen) {
        this.details.open(item);
        link(isStep);
      }
    }

    announce(item) {
      const {kind, title, facts} = this.panel.items[item];
      const some = facts.slice(0, 4).map(([label, value]) => inLanguage(label) + " " + inLanguage(value));
      return [inLanguage(kind), inLanguage(title), ...some].join("; ");
    }

    open(move) {
      if (!this.chosen) return;
      this.details.open(this.chosen, move);
      link(true);
    }

    /* A number is also found in the shorter segments that cover it. */
    search(words) {
      if (!words) return [];
      const digits = /^\d{3,}$/;
      const covers = (text) => digits.test(words)
        && text.split(" ").some((part) => digits.test(part) && words.startsWith(part));
      return this.panel.order.filter((id) => {
        const text = this.panel.items[id].search;
        return text.includes(words) || covers(text);
      });
    }
  }

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => head.querySelector("button").addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const body = table.tBodies[0];
      const key = (row) => row.cells[index].dataset.key;
      const first = (row) => row.cells[0].dataset.key;
      const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      const rows = [...body.rows].sort((a, b) =>
        (up ? 1 : -1) * order(key(a), key(b)) || order(first(a), first(b)));
      body.append(...rows);
    }));
  }

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
      ? (given.panel ? panel.key === given.panel : panel.items[given.item])
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
    if (given.item && panel.panel.items[given.item] && !isOther) {
      panel.pick(given.item);
      panel.open();
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
  const panels = data.panels.map((panel) => new Panel(panel));
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
  if (location.hash) restore(first);
})();
