/* A long table: its first rows stand in the page; the others are made when they come in sight, are
   led to, or are printed. What is chosen and how it is sorted concern all of them. */

const BEFORE = 10;

class Rows {
  /* `act` holds made(row), grown() and say(). */
  constructor(table, items, act) {
    this.table = table;
    this.items = items;
    this.act = act;
    [this.body] = table.tBodies;
    this.more = table.nextElementSibling;
    this.made = new Map([...this.body.rows].map((row) => [row.dataset.item, row]));
    this.step = this.end = this.made.size;
    this.start = 0;
    this.watch = new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting)) this.extend(); });
    this.watch.observe(this.more);
    addEventListener("beforeprint", () => this.print());
    addEventListener("afterprint", () => { if (this.all) this.list(this.step); });
    Shell.when("language", () => this.tell());
  }

  read() {
    if (this.all) return;
    this.all = Shell.read(this.table.dataset.rows).map(([id, ...cells]) => ({id, cells}));
    this.shown = this.all;
  }

  choose(selection) {
    if (!this.all && selection.isWhole) return;
    this.read();
    this.selection = selection;
    this.shown = this.chosen();
    this.put(this.step);
  }

  chosen() { return this.selection ? this.all.filter(({id}) => this.selection.shows(id)) : this.all; }

  /* Rows with equal cells stand in order of number. */
  sort(index, up) {
    this.read();
    const place = ({cells}, column) => cells[2 * column + 1];
    const by = (a, b) => (up ? 1 : -1) * (place(a, index) - place(b, index)) || place(a, 0) - place(b, 0);
    this.all.sort(by);
    this.shown = this.chosen();
    this.list(this.step);
  }

  extend() {
    if (document.readyState === "loading") return;
    this.read();
    if (this.end >= this.shown.length) return;
    const fresh = this.shown.slice(this.end, this.end + this.step);
    this.end += this.step;
    this.body.append(...fresh.map((each) => this.row(each)));
    this.tell();
    this.act.grown();
    // it may still be in sight, of which nothing would tell otherwise
    this.watch.unobserve(this.more);
    this.watch.observe(this.more);
  }

  /* Printed before the page is whole, the first rows say how many there are. */
  print() { if (document.readyState !== "loading") this.list(Infinity); }

  /* Bring the row of an item in sight, if the choice leaves it in. */
  reach(item) {
    this.read();
    const place = this.shown.findIndex(({id}) => id === item);
    if (place < 0) return;
    const start = Math.max(0, place - BEFORE);
    if (place < this.start || place >= this.end) this.list(start + this.step, start);
    this.made.get(item).scrollIntoView();
  }

  list(end, start) {
    this.read();
    this.put(end, start);
    this.act.grown();
  }

  put(end, start = 0) {
    [this.start, this.end] = [start, end];
    this.body.replaceChildren(...this.shown.slice(start, end).map((each) => this.row(each)));
    this.tell();
  }

  row({id, cells}) {
    if (this.made.has(id)) return this.made.get(id);
    const row = document.createElement("tr");
    row.id = this.table.dataset.rows.split("-")[0] + "-" + id;
    row.dataset.item = id;
    row.tabIndex = 0;
    for (let at = 0; at < cells.length; at += 2) {
      const cell = Shell.make("td", undefined, at === 12 ? "figure" : "");
      cell.append(...Shell.both(this.items.word(cells[at])));
      row.append(cell);
    }
    this.made.set(id, row);
    this.act.made(row);
    return row;
  }

  tell() {
    if (!this.all) return;
    const {figure, make} = Shell;
    const all = this.shown.length;
    const last = Math.min(this.end, all);
    this.more.hidden = !this.start && last === all;
    this.more.textContent = this.act.say("rows_shown", {first: figure(this.start + 1), last: figure(last), all: figure(all)});
    if (!this.start) return;
    const button = make("button", this.act.say("rows_first"));
    button.type = "button";
    button.addEventListener("click", () => this.list(this.step));
    this.more.append(" ", button);
  }
}
