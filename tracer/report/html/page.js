/* The page round the picture: tabs, details, search, table, language and theme. All data is read
   from JSON and put on the page as text, never as markup. */

(() => {
  const {inLanguage, make} = Shell;
  const data = Shell.read("page-data");
  const allNodes = Shell.read("page-nodes");
  const allEdges = Shell.read("page-edges");
  const say = Shell.sayer(data.texts);

  class Panel {
    constructor(panel) {
      this.panel = panel;
      this.section = document.getElementById(panel.key);
      const find = (selector) => this.section.querySelector(selector);
      this.stage = find(".stage");
      this.details = find(".details");
      this.shown = find(".shown");
      this.content = find(".content");
      this.copy = find(".copy");
      this.live = find("p.heard");
      this.rows = new Map();
      for (const row of this.section.querySelectorAll("[data-item]")) {
        this.rows.set(row.dataset.item, row);
        row.addEventListener("click", () => { this.pick(row.dataset.item); this.openDetails(); });
        row.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" || event.target !== row) return;
          event.preventDefault();
          this.pick(row.dataset.item);
          this.openDetails(true);
        });
      }
      find(".close").addEventListener("click", () => this.closeDetails());
      this.copy.addEventListener("click", () => this.copyCitation());
      this.section.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.closeDetails();
      });
      for (const button of this.section.querySelectorAll("[data-zoom]")) {
        button.addEventListener("click", () => this.zoom(button.dataset.zoom));
      }
      for (const table of this.section.querySelectorAll("table[data-sortable]")) sortable(table);
    }

    draw() {
      if (this.picture) return this.picture.open();
      const mine = (list) => list.filter((entry) => entry.panel === this.panel.key);
      const given = {nodes: mine(allNodes), edges: mine(allEdges), options: Shell.read("page-options")};
      this.picture = new Picture(
        this.panel, this.stage, given, (item) => this.pick(item, true), (move) => this.openDetails(move));
      return this.picture;
    }

    zoom(how) {
      if (how === "fit") this.picture.fit();
      else this.picture.zoom(how === "in" ? 1.25 : 0.8);
    }

    pick(item, fromPicture) {
      if (!this.panel.items[item]) return;
      this.chosen = item;
      for (const [id, row] of this.rows) row.classList.toggle("chosen", id === item);
      if (fromPicture) this.picture.chosen = item;
      else this.picture.select(item);
      this.picture.concern(this.panel.items[item].boxes);
      this.live.textContent = this.announce(item);
      if (this.isOpen()) this.fill();
    }

    announce(item) {
      const {kind, title, facts} = this.panel.items[item];
      const some = facts.slice(0, 4).map(([label, value]) => inLanguage(label) + " " + inLanguage(value));
      return [inLanguage(kind), inLanguage(title), ...some].join("; ");
    }

    isOpen() { return !this.shown.hidden; }

    openDetails(move) {
      if (!this.chosen) return;
      this.fill();
      this.shown.hidden = false;
      this.details.classList.add("open");
      this.details.scrollTop = 0;
      if (move) this.details.focus();
    }

    closeDetails() {
      if (!this.isOpen()) return;
      const inside = this.details.contains(document.activeElement);
      this.shown.hidden = true;
      this.details.classList.remove("open");
      if (inside) this.stage.focus();
    }

    fill() {
      const item = this.panel.items[this.chosen];
      const heading = make("h4", inLanguage(item.title));
      heading.prepend(make("small", inLanguage(item.kind)));
      this.content.replaceChildren(heading, facts(item.facts));
      if (item.related.length) {
        const related = make("div", undefined, "related");
        for (const other of item.related) {
          if (!this.panel.items[other]) continue;
          const button = make("button", inLanguage(this.panel.items[other].title));
          button.type = "button";
          button.addEventListener("click", () => this.pick(other));
          related.append(button);
        }
        this.content.append(related);
      }
      if (item.findings.length) {
        this.content.append(make("h5", say("finding_head")));
        for (const found of item.findings) this.content.append(this.lead(found));
      }
      if (item.cited.length) {
        const related = make("div", undefined, "related");
        for (const id of item.cited) related.append(this.leadButton(id));
        this.content.append(make("h5", say("finding_cited")), related);
      }
      for (const block of item.blocks) {
        this.content.append(make("h5", inLanguage(block.heading)), facts(block.facts));
      }
      this.copy.hidden = !item.citation;
      this.copy.textContent = say("copy");
    }

    lead(id) {
      const told = make("section", undefined, "lead");
      told.append(this.leadButton(id), facts(this.panel.items[id].facts));
      return told;
    }

    leadButton(id) {
      const button = make("button", inLanguage(this.panel.items[id].title));
      button.type = "button";
      button.addEventListener("click", () => this.pick(id));
      return button;
    }

    async copyCitation() {
      const words = inLanguage(this.panel.items[this.chosen].citation);
      try {
        await navigator.clipboard.writeText(words);
      } catch {
        const field = make("textarea", words);
        this.content.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
      }
      this.copy.textContent = say("copied");
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

  function facts(list) {
    const found = document.createElement("dl");
    for (const [label, value] of list) {
      const words = inLanguage(value);
      found.append(make("dt", inLanguage(label)), make("dd", words, /^[0-9a-f]{64}$/.test(words) ? "digest" : ""));
    }
    return found;
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

  const panels = data.panels.map((panel) => new Panel(panel));
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  let current = 0;

  function show(index) {
    current = index;
    panels.forEach((panel, place) => { panel.section.hidden = place !== index; });
    tabs.forEach((tab, place) => {
      tab.setAttribute("aria-selected", String(place === index));
      tab.tabIndex = place === index ? 0 : -1;
    });
    panels[index].draw();
    look();
  }

  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => show(index));
    tab.addEventListener("keydown", (event) => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      if (!step) return;
      const next = (index + step + tabs.length) % tabs.length;
      show(next);
      tabs[next].focus();
    });
  });

  const field = document.getElementById("search");
  const found = document.getElementById("found");
  let hits = [];
  let place = -1;

  function look() {
    const words = field.value.trim().toLowerCase();
    hits = panels[current].search(words);
    place = -1;
    panels[current].picture.mark(hits);
    found.textContent = !words ? "" : hits.length ? count(0) : say("search_none");
  }

  function count(index) {
    return say("search_count", {index, count: hits.length});
  }

  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; look(); }
    if (event.key !== "Enter" || !hits.length) return;
    event.preventDefault();
    place = (place + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
    panels[current].pick(hits[place]);
    panels[current].openDetails();
    found.textContent = count(place + 1);
  });

  Shell.when("language", () => {
    for (const panel of panels) {
      if (panel.picture) panel.picture.repaint();
      if (panel.chosen && panel.isOpen()) panel.fill();
      if (panel.chosen) panel.live.textContent = panel.announce(panel.chosen);
    }
    if (field.value.trim()) found.textContent = hits.length ? count(place + 1) : say("search_none");
  });
  Shell.when("theme", () => panels.forEach((panel) => panel.picture && panel.picture.repaint()));
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => panels[current].picture.open(), 150);
  });
  show(0);
})();
