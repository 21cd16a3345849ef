"use strict";
/* How the picture is painted: boxes and lines, from the same places and paths as on paper. */

const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", sans-serif';
const LINE_HEIGHT = 1.3;
const DASHES = {routing: [6, 4], partly: [9, 3, 2, 3], gap: [2, 4], doubtful: [1, 3, 1, 3, 8, 3], folded: [12, 3, 2, 3]};

function readInks() {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue("--" + name).trim();
  return {
    paper: ink("paper"), main: ink("ink"), soft: ink("soft"), line: ink("line"), band: ink("band"),
    warn: ink("warn"), warnGround: ink("warn-ground"), pick: ink("pick"), pickGround: ink("pick-ground"), hit: ink("hit"),
  };
}

/* An id names the picture, then the item: "v0:E001", "v0.S3:E001". */
function itemOf(id) {
  return id.slice(id.indexOf(":") + 1);
}

function roundRect(ctx, x, y, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radius);
}

class Painting {
  paintGround(ctx) {
    const {inks} = this;
    const down = this.panel.direction === "down";
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = inks.band;
    for (const band of this.bands()) {
      // alone in the picture, the stripes run on to the edges of the screen
      if (down && this.panel.alone) ctx.fillRect(band.x - 4000, band.y, band.w + 8000, band.h);
      else ctx.fillRect(band.x, band.y, band.w, band.h);
    }
    for (const edge of this.edges) if (this.isDrawn(edge)) this.paintLine(ctx, edge, down);
    ctx.fillStyle = inks.warn;
    ctx.font = "700 12px " + FONT;
    for (const caption of this.panel.captions.filter((each) => this.isCaptionDrawn(each))) ctx.fillText(Shell.inLanguage(caption.text), caption.x, caption.y);
  }

  bands() {
    return this.panel.bands.filter((band) => !this.layers || this.layers.has(band.layer));
  }

  /* Above all boxes: the name of a layer stays in sight however far the picture is moved, and lines
     without boxes tell their counts when they are chosen. */
  paintLabels(ctx) {
    const {inks} = this;
    const down = this.panel.direction === "down";
    const seen = this.network.DOMtoCanvas({x: 0, y: 0});
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.font = "700 12px " + FONT;
    for (const band of this.bands()) {
      const words = Shell.inLanguage(band.label);
      const x = Math.max(band.x, seen.x) + (down ? 10 : 8);
      const y = down ? band.y + band.h / 2 + 4 : Math.max(band.y, seen.y) + 16;
      this.plate(ctx, words, x, y, inks.band, inks.soft);
    }
    for (const edge of this.edges) {
      if (!edge.told || !this.isNear(edge) || !this.isDrawn(edge)) continue;
      const [x, y, words] = edge.told;
      this.plate(ctx, Shell.inLanguage(words), x, y, inks.paper, inks.pick);
    }
  }

  plate(ctx, words, x, y, ground, ink) {
    ctx.fillStyle = ground;
    ctx.fillRect(x - 4, y - 12, ctx.measureText(words).width + 8, 17);
    ctx.fillStyle = ink;
    ctx.fillText(words, x, y);
  }

  isNear(edge) {
    return Boolean(this.chosen) && [edge.id, edge.from, edge.to].some((id) => itemOf(id) === this.chosen);
  }

  paintLine(ctx, edge, down) {
    const near = this.isNear(edge);
    const ink = near ? this.inks.pick : edge.line === "gap" ? this.inks.warn : this.inks.line;
    // among very many lines those that were chosen stand out
    ctx.globalAlpha = this.panel.bare && !near ? 0.4 : 1;
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
    if (!edge.tip) {
      ctx.globalAlpha = 1;
      return;
    }
    const [x, y] = edge.tip;
    ctx.fillStyle = ink;
    ctx.beginPath();
    ctx.moveTo(x, y);
    if (down) { ctx.lineTo(x - 4.5, y - 9); ctx.lineTo(x + 4.5, y - 9); }
    else { ctx.lineTo(x - 9, y - 4.5); ctx.lineTo(x - 9, y + 4.5); }
    ctx.closePath();
    ctx.fill();
    ctx.globalAlpha = 1;
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
    if (node.box === "fold") this.paintStack(ctx, left, top, node);
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
    const lines = this.linesOf(node);
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

  /* A fold looks like several boxes, one behind the other. */
  paintStack(ctx, left, top, node) {
    ctx.strokeStyle = this.inks.line;
    ctx.fillStyle = this.inks.paper;
    ctx.lineWidth = 1.2;
    for (const behind of [6, 3]) {
      roundRect(ctx, left + behind, top - behind, node.w, node.h, 4);
      ctx.fill();
      ctx.stroke();
    }
  }

  /* While something is chosen, a fold tells how much of it that is, and not its sums. */
  linesOf(node) {
    const lines = node.lines[Shell.language()];
    if (node.box !== "fold" || !this.selection || this.selection.isWhole) return lines;
    const [first] = lines;
    return [[this.tellFold(node.item), first[1], true, "main"]];
  }
}
