/* The picture: vis-network holds boxes, places and selection; boxes and lines are painted here,
   from the same places and paths as the printed picture. */

const LEAST_TEXT = 11.05;
const MOST_SCALE = 1.3;
const TALLEST = 3600;

class Picture extends Painting {
  constructor(panel, stage, data, onPick, onOpen) {
    super();
    this.panel = panel;
    this.stage = stage;
    this.host = stage.querySelector(".canvas");
    this.onPick = onPick;
    this.onOpen = onOpen;
    this.hits = new Set();
    this.concerned = new Set();
    this.inks = readInks();
    this.hopOf = new Map(panel.facets.hops.flatMap(({id, records}) => records.map((no) => [no, id])));
    const drawn = this.take(data.nodes, data.edges);
    this.size();
    this.network = new vis.Network(this.host, drawn, data.options);
    this.network.on("beforeDrawing", (ctx) => this.paintGround(ctx));
    this.network.on("afterDrawing", (ctx) => this.paintLabels(ctx));
    this.network.on("click", (event) => { if (!event.nodes.length) this.pickLine(event.pointer.canvas); });
    this.network.on("selectNode", (event) => {
      const item = itemOf(event.nodes[0]);
      if (this.isFold(item)) return this.onFold(item);
      this.onPick(item);
      return this.onOpen();
    });
    this.network.on("hoverNode", () => { this.host.style.cursor = "pointer"; });
    this.network.on("blurNode", () => { this.host.style.cursor = ""; });
    stage.addEventListener("wheel", (event) => this.wheel(event), {passive: false, capture: true});
    stage.addEventListener("keydown", (event) => this.key(event));
    this.open();
  }

  /* Hold what is drawn from now on, and make of it what vis-network asks for. */
  take(nodes, edges) {
    this.nodes = new Map(nodes.map((node) => [node.item, node]));
    this.edges = edges.map((edge) => ({...edge, shape: new Path2D(edge.path)}));
    this.above = new Map();
    this.below = new Map();
    for (const edge of edges) {
      this.join(this.below, itemOf(edge.from), itemOf(edge.to));
      this.join(this.above, itemOf(edge.to), itemOf(edge.from));
    }
    this.drawn = new vis.DataSet(nodes.map((node) => ({
      id: node.id, x: node.x, y: node.y, hidden: Boolean(node.gone),
      ctxRenderer: ({ctx, x, y, state}) => ({
        drawNode: () => this.paintBox(ctx, node, x, y, state),
        nodeDimensions: {width: node.w, height: node.h},
      }),
    })));
    return {nodes: this.drawn, edges: new vis.DataSet(edges.map(({id, from, to}) => ({id, from, to})))};
  }

  /* Draw another part of the picture in place of this one. */
  turn(panel, nodes, edges) {
    this.panel = panel;
    this.chosen = undefined;
    this.network.setData(this.take(nodes, edges));
    this.open();
    if (this.selection) this.show(this.selection);
  }

  /* What stands for an item: its own box, or that or the line of its hop. */
  standFor(item) {
    const hop = this.hopOf.get(item);
    return this.nodes.has(item) || !hop ? item : hop;
  }

  isInSight(item) {
    const drawn = this.standFor(item);
    return this.nodes.has(drawn) || this.edges.some(({id}) => itemOf(id) === drawn);
  }

  /* Lines without boxes can be chosen themselves. */
  pickLine({x, y}) {
    if (!this.panel.bare) return;
    const probe = document.createElement("canvas").getContext("2d");
    probe.lineWidth = 9 / this.network.getScale();
    const line = this.edges.find((edge) => this.isDrawn(edge) && probe.isPointInStroke(edge.shape, x, y));
    if (!line) return;
    this.select(itemOf(line.id));
    this.onPick(itemOf(line.id));
    this.onOpen();
    this.network.redraw();
  }

  isFold(item) {
    const node = this.nodes.get(item);
    return Boolean(node) && node.box === "fold";
  }

  join(map, from, to) {
    if (!map.has(from)) map.set(from, []);
    map.get(from).push(to);
  }

  /* Opening view: as large as the width allows, never with text too small to read; a tall picture
     makes the page longer instead of its text smaller. */
  size() {
    const room = Math.max(420, innerHeight - this.stage.getBoundingClientRect().top - scrollY - 14);
    const wide = this.stage.clientWidth / this.panel.width;
    const least = LEAST_TEXT / this.panel.smallest;
    this.scale = Math.max(Math.min(wide, Math.max(room / this.panel.height, least), MOST_SCALE), least);
    const tall = this.panel.height * this.scale;
    // a broad tree has its holder half way down: it is opened there, in a stage of one screen
    this.tooTall = this.panel.direction === "right" ? tall > 2 * room : tall > TALLEST;
    const height = this.tooTall && this.panel.direction === "right" ? room : Math.min(tall, TALLEST);
    this.stage.style.height = Math.round(Math.max(height, Math.min(room, 420))) + "px";
  }

  open() {
    this.size();
    this.isMoved = false;
    const first = this.nodes.values().next().value;
    const seen = {x: this.stage.clientWidth / this.scale, y: this.stage.clientHeight / this.scale};
    const middle = (length, all, start) => {
      if (all <= length) return all / 2;
      return Math.min(Math.max(start, length / 2), all - length / 2);
    };
    this.stage.dataset.scale = this.scale.toFixed(4);
    // kept, because to ask again after lists have changed would lay out the whole page at once
    this.corner = {x: this.stage.clientWidth, y: this.stage.clientHeight};
    this.network.setSize("100%", "100%");
    this.network.moveTo({
      position: {
        x: middle(seen.x, this.panel.width, first ? first.x : 0),
        y: middle(seen.y, this.panel.height, first && this.tooTall ? first.y : 0),
      },
      scale: this.scale, animation: false,
    });
    this.network.redraw();
  }

  fit() {
    const scale = Math.min(this.stage.clientWidth / this.panel.width, this.stage.clientHeight / this.panel.height, MOST_SCALE);
    this.network.moveTo({position: {x: this.panel.width / 2, y: this.panel.height / 2}, scale, animation: false});
  }

  zoom(factor, at) {
    const scale = Math.min(Math.max(this.network.getScale() * factor, 0.05), 4);
    const centre = this.network.getViewPosition();
    if (!at) return this.network.moveTo({scale, animation: false});
    const still = this.network.DOMtoCanvas(at);
    const share = 1 - this.network.getScale() / scale;
    return this.network.moveTo({
      position: {x: centre.x + (still.x - centre.x) * share, y: centre.y + (still.y - centre.y) * share},
      scale, animation: false,
    });
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = this.host.getBoundingClientRect();
    this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, {x: event.clientX - box.left, y: event.clientY - box.top});
  }

  repaint() {
    this.inks = readInks();
    this.network.redraw();
  }

  /* What a selection leaves out is not painted, not hit and not walked to; the rest stays in its place. */
  show(selection) {
    this.selection = selection;
    const changed = [...this.nodes.values()].filter((node) => Boolean(node.gone) === this.shows(node.item));
    for (const node of changed) node.gone = !this.shows(node.item);
    this.layers = new Set([...selection.parties].map((id) => selection.facets.parties[id].layer));
    this.isLaneUsed = this.edges.some((edge) => edge.back && this.isDrawn(edge));
    this.drawn.update(changed.map(({id, gone}) => ({id, hidden: gone})));
    if (this.chosen && !this.shows(this.chosen)) this.network.unselectAll();
    if (selection.isWhole && this.isMoved) this.open();
    else if (!selection.isWhole && selection.choice.day === null) this.bringInSight();
    this.network.redraw();
  }

  /* Where some of what is left stands outside the stage, the view moves to the middle of it, or to its
     beginning if it is larger; with days the picture keeps still, so that changes are seen. */
  bringInSight() {
    const left = [...this.nodes.values()].filter((node) => !node.gone);
    const [a, b] = [{x: 0, y: 0}, this.corner].map((at) => this.network.DOMtoCanvas(at));
    const isSeen = ({x, y, w, h}) => a.x <= x - w / 2 && x + w / 2 <= b.x && a.y <= y - h / 2 && y + h / 2 <= b.y;
    if (!left.length || left.every(isSeen)) return;
    const middle = (at, size) => {
      const first = Math.min(...left.map((node) => node[at] - node[size] / 2)) - 24;
      const last = Math.max(...left.map((node) => node[at] + node[size] / 2)) + 24;
      const room = b[at] - a[at];
      return last - first <= room ? (first + last) / 2 : first + room / 2;
    };
    this.isMoved = true;
    this.network.moveTo({position: {x: middle("x", "w"), y: middle("y", "h")}, animation: false});
  }

  shows(item) { return !this.selection || this.selection.shows(item); }

  isDrawn({from, to}) {
    return [from, to].every((id) => this.shows(itemOf(id)));
  }

  isCaptionDrawn({about}) {
    return !this.selection || (about === "lane" ? this.isLaneUsed : this.layers.has(-1));
  }

  select(item, {reveal = true} = {}) {
    this.chosen = this.standFor(item);
    const node = this.nodes.get(this.chosen);
    this.network.unselectAll();
    const line = !node && this.edges.find(({id, told}) => told && itemOf(id) === this.chosen);
    if (line && reveal) this.reveal({x: line.told[0], y: line.told[1], w: 200, h: 20});
    if (!node || node.gone) return;
    this.network.selectNodes([node.id], false);
    if (reveal) this.reveal(node);
  }

  /* Move just as far as needed for the box to stand whole in the stage. */
  reveal(node) {
    const scale = this.network.getScale();
    const centre = this.network.getViewPosition();
    const move = (at, size, middle, length) => {
      const room = length / scale / 2 - size / 2 - 12;
      if (room < 0) return at;
      return Math.min(Math.max(middle, at - room), at + room);
    };
    this.network.moveTo({
      position: {
        x: move(node.x, node.w, centre.x, this.stage.clientWidth),
        y: move(node.y, node.h, centre.y, this.stage.clientHeight),
      },
      animation: false,
    });
  }

  mark(items) {
    this.hits = new Set(items);
    this.network.redraw();
  }

  /* Boxes shown together with what was chosen beside the picture; the first is brought in sight. */
  concern(items) {
    this.concerned = new Set(items);
    const first = items.map((item) => this.nodes.get(item)).find((node) => node && !node.gone);
    if (first) this.reveal(first);
    this.network.redraw();
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const down = this.panel.direction === "down";
    const steps = {
      ArrowDown: down ? "below" : "next", ArrowUp: down ? "above" : "before",
      ArrowRight: down ? "next" : "below", ArrowLeft: down ? "before" : "above",
      Home: "first",
    };
    const step = steps[event.key];
    if (event.key === "Enter" && this.isFold(this.chosen)) this.onFold(this.chosen);
    else if (event.key === "Enter" && this.chosen) this.onOpen(true);
    else if (step) {
      const item = this.walk(step);
      if (item) {
        this.select(item);
        this.onPick(item);
      }
    } else return;
    event.preventDefault();
  }

  walk(step) {
    const across = (node) => (this.panel.direction === "down" ? node.x : node.y);
    const here = this.nodes.get(this.chosen);
    const shown = [...this.nodes.values()].filter((node) => !node.gone);
    if (!here || here.gone || step === "first") return shown.length ? shown[0].item : null;
    if (step === "below" || step === "above") {
      const ways = [...new Set(this[step].get(here.item) || [])]
        .map((item) => this.nodes.get(item)).filter((node) => !node.gone);
      ways.sort((a, b) => Math.abs(across(a) - across(here)) - Math.abs(across(b) - across(here)) || across(a) - across(b));
      return ways.length ? ways[0].item : null;
    }
    const rank = shown.filter((node) => node.rank === here.rank);
    rank.sort((a, b) => across(a) - across(b));
    const place = rank.indexOf(here) + (step === "next" ? 1 : -1);
    return rank[place] ? rank[place].item : null;
  }
}
