/* All of one number: its picture, details, lists and rows, kept in step. */

class Panel {
  /* `page` gives say, nodes, edges, choice(), inWords(), linkTo(item), link(isStep) and dayKey(event). */
  constructor(panel, page) {
    this.panel = panel;
    this.page = page;
    this.section = document.getElementById(panel.key);
    this.stage = this.section.querySelector(".stage");
    panel.items = new Items(panel.key, page.say);
    this.live = this.section.querySelector("p.heard");
    this.nodes = page.nodes.filter((node) => node.panel === panel.key);
    this.showing = new Showing(panel, this.section, panel.parts.length ? [] : this.nodes, page.say);
    this.details = new Details(panel, this.section.querySelector(".details"), page.say, {
      pick: (item) => this.pick(item, {isStep: true}),
      closed: (wasInside) => { if (wasInside) this.stage.focus(); page.link(true); },
      isShown: (item) => this.selection.shows(item),
      linkTo: (item) => page.linkTo(item),
    });
    this.rows = new Map();
    for (const row of this.section.querySelectorAll("[data-item], [data-leads-to]")) this.listen(row);
    this.section.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.details.close();
    });
    for (const button of this.section.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    }
    this.tables = [...this.section.querySelectorAll("table[data-rows]")].map((table) => this.long(table));
    for (const table of this.section.querySelectorAll("table[data-sortable]")) {
      sortable(table, this.tables.find((rows) => rows.table === table));
    }
  }

  long(table) {
    return new Rows(table, this.panel.items, {
      made: (row) => {
        this.listen(row);
        row.classList.toggle("chosen", row.dataset.item === this.chosen);
      },
      grown: () => this.showing.days(),
      say: this.page.say,
    });
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
    if (this.picture) {
      this.picture.open();
      return this.picture.show(this.selection);
    }
    const edges = this.page.edges.filter((edge) => edge.panel === this.panel.key);
    const given = {nodes: this.nodes, edges, options: Shell.read("page-options")};
    this.picture = new Picture(
      this.panel, this.stage, given, (item) => this.pick(item, {isInPicture: true}), (move) => this.open(move));
    this.folds = new Folds(this.panel, this.picture, this.section.querySelector(".trail"), this.page.say);
    this.stage.addEventListener("keydown", (event) => this.page.dayKey(event));
    return this.picture.show(this.selection);
  }

  zoom(how) {
    if (how === "fit") this.picture.fit();
    else this.picture.zoom(how === "in" ? 1.25 : 0.8);
  }

  /* Everything that fits the choice, and nothing else, stays. */
  choose() {
    this.selection = new Selection(this.panel, this.page.choice(), this.matches());
    for (const rows of this.tables) rows.choose(this.selection);
    this.showing.put(this.selection, this.page.inWords());
    if (this.picture) this.picture.show(this.selection);
    if (this.details.isOpen) this.details.fill();
  }

  matches() {
    const {words} = this.page.choice();
    return words ? new Set(this.search(words)) : null;
  }

  pick(item, {isInPicture = false, isStep = false} = {}) {
    if (!this.panel.items.has(item)) return;
    this.chosen = item;
    for (const [id, row] of this.rows) row.classList.toggle("chosen", id === item);
    if (!isInPicture) this.folds.find(item);
    if (isInPicture) this.picture.chosen = item;
    else this.picture.select(item);
    this.picture.concern(this.panel.items.get(item).boxes);
    this.live.textContent = this.announce(item);
    if (this.details.isOpen) {
      this.details.open(item);
      this.page.link(isStep);
    }
  }

  announce(item) {
    const {inLanguage} = Shell;
    const {kind, title, facts} = this.panel.items.get(item);
    const some = facts.slice(0, 4).map(([label, value]) => inLanguage(label) + " " + inLanguage(value));
    return [inLanguage(kind), inLanguage(title), ...some].join("; ");
  }

  open(move) {
    if (!this.chosen) return;
    this.details.open(this.chosen, move);
    this.page.link(true);
  }

  search(words) { return this.panel.items.find(words); }

  /* The row a short address names, if it was not there to be scrolled to. */
  reach(item) {
    if (this.rows.has(item) && this.rows.get(item).isConnected) return;
    for (const rows of this.tables) rows.reach(item);
  }
}

/* A table that sorts by the column clicked; rows with equal cells stand in order of number. A long one sorts its own rows. */
function sortable(table, rows) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, index) => head.querySelector("button").addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    if (rows) return rows.sort(index, up);
    const body = table.tBodies[0];
    const key = (row) => row.cells[index].dataset.key;
    const first = (row) => row.cells[0].dataset.key;
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return body.append(...[...body.rows].sort((a, b) =>
      (up ? 1 : -1) * order(key(a), key(b)) || order(first(a), first(b))));
  }));
}
