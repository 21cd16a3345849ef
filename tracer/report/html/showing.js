/* Puts a selection on a panel: what does not fit vanishes from picture, lists, counts and print. */

class Showing {
  constructor(panel, section, boxes, say) {
    this.panel = panel;
    this.boxes = boxes;
    this.section = section;
    this.say = say;
    this.line = section.querySelector(".filter-line");
    this.now = section.querySelector(".answer.now");
    this.whole = section.querySelector(".answer.whole");
  }

  put(selection, listed) {
    this.selection = selection;
    const {section} = this;
    section.classList.toggle("filtered", !selection.isWhole);
    const each = (selector, test) => {
      for (const element of section.querySelectorAll(selector)) element.classList.toggle("gone", !test(element.dataset));
    };
    each("[data-item]", ({item}) => selection.shows(item));
    each("[data-record]", ({record}) => selection.shows(record));
    each("[data-hop]", ({hop}) => selection.shows(hop));
    const hops = new Set(this.panel.facets.hops.filter(({id}) => selection.hops.has(id)).map((hop) => hop.ends.join(" ")));
    each("tr[data-ends]", ({ends}) => selection.isWhole || hops.has(ends));
    // what is told of a strip tells of all its records: with one of them gone the lists tell of the rest
    for (const svg of section.querySelectorAll("svg.strip")) {
      svg.setAttribute("aria-hidden", String(Boolean(svg.querySelector("[data-record].gone"))));
    }
    this.still(each);
    this.crop();
    for (const part of section.querySelectorAll("[data-part]")) {
      part.classList.toggle("gone", !selection.isWhole && !part.querySelector("[data-item]:not(.gone), [data-ends]:not(.gone), [data-hop]:not(.gone)"));
    }
    this.files();
    this.days();
    this.tell(listed);
  }

  /* The drawing for paper has the same boxes and lines; a sheet with none of them left is not printed. */
  still(each) {
    const {selection, panel} = this;
    const layers = new Set([...selection.parties].map((id) => String(panel.facets.parties[id].layer)));
    each(".sheets [data-box]", ({box}) => selection.shows(box));
    each(".sheets [data-ends]", ({ends}) => ends.split(" ").every((id) => selection.shows(id)));
    const isLaneUsed = Boolean(this.section.querySelector('.sheets [data-back]:not(.gone)'));
    each(".sheets [data-about]", ({about}) => selection.isWhole || (about === "lane" ? isLaneUsed : layers.has("-1")));
    each(".sheets [data-layer]", ({layer}) => selection.isWhole || layers.has(layer));
    for (const figure of this.section.querySelectorAll(".sheets figure")) {
      figure.classList.toggle("gone", !figure.querySelector("[data-box]:not(.gone)"));
    }
  }

  /* On one sheet, what is left moves together: the drawing is cut to it along its direction. */
  crop() {
    const figures = this.section.querySelectorAll(".sheets figure");
    const left = this.boxes.filter(({item}) => this.selection.shows(item));
    if (figures.length !== 1 || !left.length) return;
    const [at, size] = this.panel.direction === "down" ? ["y", "h"] : ["x", "w"];
    const start = Math.min(...left.map((box) => box[at] - box[size] / 2)) - 24;
    const end = Math.max(...left.map((box) => box[at] + box[size] / 2)) + 24;
    for (const svg of figures[0].querySelectorAll("svg[viewBox]")) {
      svg.dataset.whole ??= [svg.getAttribute("viewBox"), svg.getAttribute("width"), svg.getAttribute("height")].join("|");
      const [box, width, height] = svg.dataset.whole.split("|");
      const window = box.split(" ").map(Number);
      const place = at === "y" ? 1 : 0;
      const points = parseFloat(width) / window[2];
      if (!this.selection.isWhole) {
        window[place + 2] = Math.min(end, window[place] + window[place + 2]) - Math.max(start, window[place]);
        window[place] = Math.max(start, window[place]);
      }
      svg.setAttribute("viewBox", window.map((each) => Math.round(each * 10) / 10).join(" "));
      svg.setAttribute("width", this.selection.isWhole ? width : `${Math.round(window[2] * points * 10) / 10}pt`);
      svg.setAttribute("height", this.selection.isWhole ? height : `${Math.round(window[3] * points * 10) / 10}pt`);
    }
  }

  files() {
    const {selection, panel} = this;
    const {records, gaps, findings} = panel.facets;
    const shown = [[records, selection.records], [gaps, selection.gaps], [findings, selection.findings]];
    const used = new Set(shown.flatMap(([parts, ids]) => [...ids].flatMap((id) => parts[id].files)));
    const rows = [...this.section.querySelectorAll("[data-file]")];
    for (const row of rows) row.classList.toggle("gone", !selection.isWhole && !used.has(Number(row.dataset.file)));
    const told = this.section.querySelector(".shown-files");
    told.hidden = selection.isWhole;
    told.textContent = this.say("filter.sources", {shown: used.size, all: rows.length});
  }

  /* With days chosen, the list says how many of the messages are of these days. */
  days() {
    const {selection, panel} = this;
    for (const row of this.section.querySelectorAll("table[data-sortable] tr[data-item], table.others tr[data-item]")) {
      const record = panel.facets.records[row.dataset.item];
      if (!record || !record.days) continue;
      const cell = row.querySelector("td.figure");
      const old = cell.querySelector(".within");
      if (old) old.remove();
      if (!selection.choice.isDated || !selection.records.has(row.dataset.item)) continue;
      const number = this.say("messages", {count: Shell.figure(selection.messagesOf(record))});
      cell.append(Shell.make("span", this.say("filter.within", {messages: number}), "within"));
    }
    for (const svg of this.section.querySelectorAll("svg.strip")) this.markDays(svg);
  }

  markDays(svg) {
    for (const old of svg.querySelectorAll(".edge")) old.remove();
    const {first, last} = this.selection.choice;
    const axis = this.panel.axis;
    if (!axis || !this.selection.choice.isDated) return;
    const [width, height] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
    const at = (day) => Math.round(Math.min(Math.max((day - axis[0]) / (axis[1] - axis[0] + 1), 0), 1) * width * 10) / 10;
    for (const edge of [at(Math.max(first, axis[0])), at(Math.min(last, axis[1]) + 1)]) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      line.setAttribute("class", "edge");
      line.setAttribute("d", `M${edge} 0V${height}`);
      svg.append(line);
    }
  }

  /* What is chosen and how much of the whole is left, above the picture and on paper; and the answer, of this much. */
  tell(listed) {
    const {selection, say} = this;
    this.line.hidden = this.now.hidden = selection.isWhole;
    this.whole.hidden = !selection.isWhole;
    if (selection.isWhole) return;
    const {count, all} = selection;
    const [head, rest] = this.line.children;
    head.textContent = say("filter.shown", {shown: count.evidence, all: all.evidence});
    const by = say("filter.by", {listed: listed.join(say("list_mark"))});
    rest.textContent = say("clause_mark") + [this.counts("filter.rest"), by, say("filter.whole")].join(say("clause_mark"));
    this.now.replaceChildren(...this.cards());
  }

  /* What is said of a single day, under what is chosen. */
  tellDay(words) { this.line.children[2].textContent = words; }

  counts(key = "filter.counts") {
    const {count, all} = this.selection;
    const of = (name) => this.say("filter.of", {shown: count[name], all: all[name]});
    return this.say(key, {evidence: of("evidence"), parties: of("parties"), hops: of("hops"), leads: of("leads")});
  }

  cards() {
    const {say, selection, panel} = this;
    const {count, all} = selection;
    const asks = [...this.whole.querySelectorAll("dt")];
    const named = (role) => [...selection.parties].filter((id) => panel.facets.parties[id].roles.includes(role))
      .map((id) => Shell.inLanguage(panel.items.get(id).title));
    const of = (name) => say("filter.of", {shown: count[name], all: all[name]});
    const names = (some) => (some.length ? [some.slice(0, 3).concat(some.length > 3 ? ["…"] : []).join(say("list_mark"))] : [say("filter.none_here")]);
    const says = [
      names(named("holder")),
      [say("filter.parties", {parties: of("parties")}), say("filter.hops", {hops: of("hops")})],
      names(named("sender")),
      this.missing(),
      [say("filter.leads", {shown: count.leads, all: all.leads})],
    ];
    return says.map((words, place) => {
      const card = Shell.make("div", undefined, "card run-on");
      const head = document.createElement("dt");
      head.append(...[...asks[place].childNodes].map((node) => node.cloneNode(true)));
      const told = document.createElement("dd");
      told.append(...words.map((each) => Shell.make("div", each, "says")));
      if (place === 3 && selection.choice.isDated) told.append(Shell.make("div", say("filter.of_all_days"), "adds"));
      card.append(head, told);
      return card;
    });
  }

  missing() {
    const {say, selection, panel} = this;
    const hops = panel.facets.hops.filter(({id}) => selection.hops.has(id));
    const gaps = [...selection.gaps].map((id) => panel.facets.gaps[id].kind);
    const tally = [
      ["gaps", gaps.filter((kind) => kind === "gap").length],
      ["unallocated", gaps.filter((kind) => kind === "unallocated").length],
      ["no_contract", hops.filter(({status}) => status === "routing_only").length],
      ["partly", hops.filter(({status}) => status === "partly_covered").length],
      ["no_routing", hops.filter(({status}) => status === "contract_only").length],
    ];
    const found = tally.filter(([, number]) => number).map(([key, number]) => say(key, {count: number}));
    if (found.length) return found;
    return [hops.length ? say("none_missing") : say("filter.none_here")];
  }
}
