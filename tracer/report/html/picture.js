"use strict";
/* The picture: vis-network holds boxes, places and selection; boxes and lines are painted here,
   from the same places and paths as the printed picture. */

const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", sans-serif';
const LINE_HEIGHT = 1.3;
const DASHES = {routing: [6, 4], partly: [9, 3, 2, 3], gap: [2, 4], doubtful: [1, 3, 1, 3, 8, 3]};
const LEAST_TEXT = 11.2;
const MOST_SCALE = 1.3;
const TALLEST = 3600;

function readInks() {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue("--" + name).trim();
  return {
    paper: ink("paper"), main: ink("ink"), soft: ink("soft"), line: ink("line"), band: ink("band"),
    warn: ink("warn"), warnGround: ink("warn-ground"), pick: ink("pick"), pickGround: ink("pick-ground"), hit: ink("hit"),
  };
}

function inLanguage(said) {
  return typeof said === "string" ? said : said[document.documentElement.dataset.lang === "zh" ? 0 : 1];
}

function roundRect(ctx, x, y, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radius);
}

class Picture {
  constructor(panel, stage, data, onPick, onOpen) {
    this.panel = panel;
    this.stage = stage;
    this.host = stage.querySelector(".canvas");
    this.onPick = onPick;
    this.onOpen = onOpen;
    this.hits = new Set();
    this.concerned = new Set();
    this.inks = readInks();
    this.nodes = new Map();
    for (const node of data.nodes) this.nodes.set(node.item, node);
    this.edges = data.edges.map((edge) => ({...edge, shape: new Path2D(edge.path)}));
    this.above = new Map();
    this.below = new Map();
    for (const edge of data.edges) {
      const tail = edge.from.slice(edge.from.indexOf(":") + 1);
      const head = edge.to.slice(edge.to.indexOf(":") + 1);
      this.join(this.below, tail, head);
      this.join(this.above, head, tail);
    }
    this.size();
    const drawn = data.nodes.map((node) => ({
      id: node.id, x: node.x, y: node.y,
      ctxRenderer: ({ctx, x, y, state}) => ({
        drawNode: () => this.paintBox(ctx, node, x, y, state),
        nodeDimensions: {width: node.w, height: node.h},
      }),
    }));
    const joined = data.edges.map(({id, from, to}) => ({id, from, to}));
    this.network = new vis.Network(
      this.host, {nodes: new vis.DataSet(drawn), edges: new vis.DataSet(joined)}, data.options);
    this.network.on("beforeDrawing", (ctx) => this.paintGround(ctx));
    this.network.on("selectNode", (event) => {
      this.onPick(event.nodes[0].slice(event.nodes[0].indexOf(":") + 1));
      this.onOpen();
    });
    this.network.on("hoverNode", () => { this.host.style.cursor = "pointer"; });
    this.network.on("blurNode", () => { this.host.style.cursor = ""; });
    stage.addEventListener("wheel", (event) => this.wheel(event), {passive: false, capture: true});
    stage.addEventListener("keydown", (event) => this.key(event));
    this.open();
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
    const first = this.nodes.values().next().value;
    const seen = {x: this.stage.clientWidth / this.scale, y: this.stage.clientHeight / this.scale};
    const middle = (length, all, start) => {
      if (all <= length) return all / 2;
      return Math.min(Math.max(start, length / 2), all - length / 2);
    };
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

  select(item, {reveal = true} = {}) {
    this.chosen = item;
    const node = this.nodes.get(item);
    this.network.unselectAll();
    if (!node) return;
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
    const first = items.length && this.nodes.get(items[0]);
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
    if (event.key === "Enter" && this.chosen) this.onOpen(true);
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
    if (!here || step === "first") return this.nodes.keys().next().value;
    if (step === "below" || step === "above") {
      const ways = [...new Set(this[step].get(here.item) || [])].map((item) => this.nodes.get(item));
      ways.sort((a, b) => Math.abs(across(a) - across(here)) - Math.abs(across(b) - across(here)) || across(a) - across(b));
      return ways.length ? ways[0].item : null;
    }
    const rank = [...this.nodes.values()].filter((node) => node.rank === here.rank);
    rank.sort((a, b) => across(a) - across(b));
    const place = rank.indexOf(here) + (step === "next" ? 1 : -1);
    return rank[place] ? rank[place].item : null;
  }

  paintGround(ctx) {
    const {inks} = this;
    const down = this.panel.direction === "down";
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    for (const band of this.panel.bands) {
      ctx.fillStyle = inks.band;
      // alone in the picture, the stripes run on to the edges of the screen
      if (down && this.panel.alone) ctx.fillRect(band.x - 4000, band.y, band.w + 8000, band.h);
      else ctx.fillRect(band.x, band.y, band.w, band.h);
      ctx.fillStyle = inks.soft;
      ctx.font = "700 12px " + FONT;
      if (down) ctx.fillText(inLanguage(band.label), band.x + 10, band.y + band.h / 2 + 4);
      else ctx.fillText(inLanguage(band.label), band.x + 8, band.y + 16);
    }
    for (const edge of this.edges) this.paintLine(ctx, edge, down);
    ctx.fillStyle = inks.warn;
    ctx.font = "700 12px " + FONT;
    for (const caption of this.panel.captions) ctx.fillText(inLanguage(caption.text), caption.x, caption.y);
  }

  paintLine(ctx, edge, down) {
    const near = this.chosen && (edge.from.endsWith(":" + this.chosen) || edge.to.endsWith(":" + this.chosen));
    const ink = near ? this.inks.pick : edge.line === "gap" ? this.inks.warn : this.inks.line;
    ctx.strokeStyle = ink;
    ctx.setLineDash(DASHES[edge.line] || []);
    ctx.lineWidth = edge.line === "both" ? 4.4 : near ? 2.4 : 1.4;
    ctx.stroke(edge.shape);
    ctx.setLineDash([]);
    if (edge.line === "both") {
      ctx.strokeStyle = this.inks.paper;
      ctx.lineWidth = 1.8;
      ctx.stroke(edge.shape);
    }
    if (!edge.tip) return;
    const [x, y] = edge.tip;
    ctx.fillStyle = ink;
    ctx.beginPath();
    ctx.moveTo(x, y);
    if (down) { ctx.lineTo(x - 4.5, y - 9); ctx.lineTo(x + 4.5, y - 9); }
    else { ctx.lineTo(x - 9, y - 4.5); ctx.lineTo(x - 9, y + 4.5); }
    ctx.closePath();
    ctx.fill();
  }

  paintBox(ctx, node, x, y, state) {
    const {inks} = this;
    const gap = node.box === "gap" || node.box === "unallocated";
    const picked = state.selected || node.item === this.chosen;
    const left = x - node.w / 2;
    const top = y - node.h / 2;
    const looks = (name) => node.looks.includes(name);
    if (this.hits.has(node.item) || this.concerned.has(node.item)) {
      ctx.fillStyle = inks.hit;
      roundRect(ctx, left - 6, top - 6, node.w + 12, node.h + 12, 8);
      ctx.fill();
    }
    roundRect(ctx, left, top, node.w, node.h, 4);
    ctx.fillStyle = picked ? inks.pickGround : gap ? inks.warnGround : inks.paper;
    ctx.fill();
    ctx.strokeStyle = picked ? inks.pick : gap ? inks.warn : inks.line;
    ctx.lineWidth = looks("sender") ? 2.8 : picked ? 2.2 : state.hover ? 2 : 1.2;
    ctx.setLineDash(node.box === "routing" ? [5, 3] : gap ? [2, 3] : []);
    ctx.stroke();
    if (looks("double")) {
      ctx.lineWidth = 0.8;
      roundRect(ctx, left + 3, top + 3, node.w - 6, node.h - 6, 2);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    if (looks("holder")) {
      ctx.fillStyle = picked ? inks.pick : inks.line;
      roundRect(ctx, left, top, 6, node.h, 2);
      ctx.fill();
    }
    if (looks("lead")) {
      ctx.fillStyle = picked ? inks.pick : inks.line;
      ctx.beginPath();
      ctx.moveTo(left + node.w - 12, top);
      ctx.lineTo(left + node.w, top);
      ctx.lineTo(left + node.w, top + 12);
      ctx.closePath();
      ctx.fill();
    }
    const lines = node.lines[document.documentElement.dataset.lang];
    let at = top + (node.h - lines.reduce((sum, line) => sum + line[1] * LINE_HEIGHT, 0)) / 2;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    for (const [words, size, bold, tone] of lines) {
      ctx.font = (bold ? "700 " : "") + size + "px " + FONT;
      ctx.fillStyle = inks[tone];
      ctx.fillText(words, x, at + size * 1.02);
      at += size * LINE_HEIGHT;
    }
  }
}
