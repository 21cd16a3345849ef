/* The details panel: what is known of one box, where it stands, the leads about it, how to cite it. */

class Details {
  /* `act` holds pick(item), closed(), isShown(item) and linkTo(item). */
  constructor(panel, section, say, act) {
    this.panel = panel;
    this.section = section;
    this.say = say;
    this.act = act;
    this.shown = section.querySelector(".shown");
    this.content = section.querySelector(".content");
    this.copied = section.querySelector(".copied");
    section.querySelector(".close").addEventListener("click", () => this.close());
    for (const button of section.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", () => this.copy(button.dataset.copy));
    }
  }

  get isOpen() { return !this.shown.hidden; }

  open(item, move) {
    this.item = item;
    this.fill();
    this.shown.hidden = false;
    this.section.classList.add("open");
    this.section.scrollTop = 0;
    if (move) this.section.focus();
  }

  close() {
    if (!this.isOpen) return;
    const inside = this.section.contains(document.activeElement);
    this.shown.hidden = true;
    this.section.classList.remove("open");
    this.act.closed(inside);
  }

  fill() {
    const {inLanguage, make} = Shell;
    const item = this.panel.items.get(this.item);
    const heading = make("h4", inLanguage(item.title));
    heading.prepend(make("small", inLanguage(item.kind)));
    this.content.replaceChildren(heading);
    if (!this.act.isShown(this.item)) this.content.append(make("p", this.say("hidden_by_filter"), "unseen"));
    this.content.append(this.facts(item.facts, this.clauses(this.item)));
    const strip = this.strip();
    if (strip) this.content.append(make("h5", this.say("field.strip")), strip);
    this.related(item.related);
    if (item.findings.length) {
      this.content.append(make("h5", this.say("finding_head")));
      for (const found of item.findings) this.content.append(this.lead(found));
    }
    if (item.cited.length) {
      this.content.append(make("h5", this.say("finding_cited")));
      this.related(item.cited);
    }
    for (const block of item.blocks) {
      this.content.append(make("h5", inLanguage(block.heading)), this.facts(block.facts));
    }
    this.copied.replaceChildren();
    for (const button of this.section.querySelectorAll("[data-copy]")) {
      button.hidden = button.dataset.copy !== "link" && !item.citation;
    }
  }

  facts(list, clauses) {
    const {inLanguage, make} = Shell;
    const found = document.createElement("dl");
    for (const [label, value] of list) {
      const words = inLanguage(value);
      found.append(make("dt", inLanguage(label)), make("dd", words, /^[0-9a-f]{64}$/.test(words) ? "digest" : ""));
    }
    if (clauses) {
      const cited = document.createElement("dd");
      cited.append(...clauses);
      found.append(make("dt", this.say("field.clauses")), cited);
    }
    return found;
  }

  /* The clauses a lead rests on: law and article, opened by a click to what it says. */
  clauses(id) {
    const lead = this.panel.facets.findings[id];
    if (!lead) return null;
    return (this.panel.clauses[lead.rule] || []).map(([citation, brief]) => {
      const clause = Shell.make("details", undefined, "clause");
      clause.append(Shell.make("summary", Shell.inLanguage(citation)), Shell.make("p", Shell.inLanguage(brief)));
      return clause;
    });
  }

  lead(id) {
    const told = Shell.make("section", undefined, "lead");
    told.append(this.button(id), this.facts(this.panel.items.get(id).facts, this.clauses(id)));
    return told;
  }

  related(ids) {
    const known = ids.filter((id) => this.panel.items.has(id));
    if (!known.length) return;
    const row = Shell.make("div", undefined, "related");
    row.append(...known.map((id) => this.button(id)));
    this.content.append(row);
  }

  button(id) {
    const button = Shell.make("button", Shell.inLanguage(this.panel.items.get(id).title));
    button.type = "button";
    button.addEventListener("click", () => this.act.pick(id));
    return button;
  }

  /* The strip of the hop an exhibit belongs to, as it stands in the section of hops over time. */
  strip() {
    const hop = this.panel.facets.hops.find(({id, records}) => id === this.item || records.includes(this.item));
    const drawn = hop && document.querySelector(`#${this.panel.key} [data-hop="${hop.id}"] svg.strip`);
    if (!drawn) return null;
    const copy = drawn.cloneNode(true);
    if (!this.act.isShown(this.item)) for (const path of copy.querySelectorAll(".gone")) path.classList.remove("gone");
    return copy;
  }

  async copy(what) {
    const {citation} = this.panel.items.get(this.item);
    const said = typeof citation === "string" ? [citation, citation] : citation;
    const words = what === "link" ? this.act.linkTo(this.item) : said[what === "zh" ? 0 : 1];
    const done = await this.put(words);
    const told = done ? this.say(what === "link" ? "link_copied" : "copied") : this.say("copied_not");
    this.copied.replaceChildren(told);
    if (!done) this.copied.append(this.field(words));
  }

  /* Opened as a file a page may have no clipboard; then the older way; then by hand. */
  async put(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const field = this.field(words);
      this.content.append(field);
      field.select();
      let done = false;
      try { done = document.execCommand("copy"); } catch { done = false; }
      field.remove();
      return done;
    }
  }

  field(words) {
    const field = Shell.make("textarea", words);
    field.readOnly = true;
    return field;
  }
}
