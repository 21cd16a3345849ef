/* Folds: a large picture is held in parts. A click or Enter on a fold shows the part it stands for,
   the trail under the picture leads back. Parts that are not open are read only when opened. */

function lines(coded, language, styles) {
  const found = [];
  for (let at = 0; at < coded.length; at += 2) {
    const words = typeof coded[at] === "string" ? coded[at] : coded[at][language];
    found.push([words, ...styles[coded[at + 1]]]);
  }
  return found;
}

class Folds {
  constructor(panel, picture, trail, say) {
    this.say = say;
    this.panel = panel;
    this.picture = picture;
    this.trail = trail;
    this.parts = new Map([panel, ...panel.parts].map((part) => [part.id, part]));
    this.open = panel;
    this.first = {nodes: [...picture.nodes.values()], edges: picture.edges};
    picture.onFold = (item) => this.unfold(item);
    picture.tellFold = (item) => this.chosenOf(item);
    picture.stage.addEventListener("keydown", (event) => {
      if (event.key !== "Backspace" || !this.open.parent) return;
      event.preventDefault();
      this.back();
    });
    this.tell();
  }

  unfold(fold) {
    const id = this.panel.folds[fold]?.opens || fold;
    if (!this.parts.has(id) || this.open.id === id) return;
    this.open = this.parts.get(id);
    const {nodes, edges} = id === this.panel.id ? this.first : this.read(id);
    this.picture.turn(this.open, nodes, edges);
    this.tell();
  }

  /* Fold up again what is open, and choose its fold. */
  back() {
    const left = this.open.id;
    this.unfold(this.open.parent);
    this.picture.select(left);
  }

  /* Show the part in which an item stands, if it is not in sight already. */
  find(item) {
    if (this.picture.isInSight(item) || !this.panel.items.has(item)) return;
    this.unfold(this.panel.places[item] || this.panel.id);
  }

  read(id) {
    const held = JSON.parse(document.getElementById(this.panel.key + "-" + id).textContent);
    const name = (item) => this.panel.key + "." + id + ":" + item;
    const nodes = held.nodes.map(([item, box, looks, rank, x, y, w, h, zh, en]) => (
      {id: name(item), item, box, looks, rank, x, y, w, h, lines: {zh: lines(zh, 0, held.styles), en: lines(en || zh, 1, held.styles)}}));
    const edges = held.edges.map(([own, tail, head, line, path, tip, back, told]) => (
      {id: name(own), from: name(tail), to: name(head), line, path, tip, back, told}));
    return {nodes, edges};
  }

  /* How many of the parties in a fold fit what is chosen. */
  chosenOf(fold) {
    const {parties} = this.panel.folds[fold];
    const shown = parties.filter((id) => this.picture.shows(id)).length;
    return this.say("fold.filtered", {shown, all: parties.length});
  }

  way() {
    const way = [];
    for (let part = this.open; part; part = this.parts.get(part.parent)) way.unshift(part);
    return way;
  }

  widen() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "widen";
    button.textContent = Shell.inLanguage(this.parts.get(this.panel.wide).title);
    button.addEventListener("click", () => this.unfold(this.panel.wide));
    return button;
  }

  tell() {
    if (!this.trail) return;
    const steps = this.way().map((part) => {
      const open = part === this.open;
      const step = document.createElement(open ? "b" : "button");
      step.textContent = Shell.inLanguage(part.title);
      if (open) return step;
      step.type = "button";
      step.addEventListener("click", () => { this.unfold(part.id); this.picture.stage.focus(); });
      return step;
    });
    this.trail.replaceChildren(...steps);
    if (this.panel.wide && this.open.id !== this.panel.wide) this.trail.append(this.widen());
    if (!this.open.elsewhere) return;
    const note = document.createElement("span");
    note.textContent = Shell.inLanguage(this.open.elsewhere);
    this.trail.append(note);
  }
}
