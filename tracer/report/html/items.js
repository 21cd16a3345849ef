/* What is told of each box, record and lead: held as numbers into one list of texts, and read when
   it is first asked for, so that the picture does not wait for it. */

class Items {
  constructor(key, say) {
    this.key = key;
    this.say = say;
  }

  read() {
    if (this.coded) return;
    this.words = Shell.read(this.key + "-words");
    const {items, folds} = Shell.read(this.key + "-items");
    this.order = items.map(([id]) => id);
    this.coded = new Map([...items, ...folds].map((item) => [item[0], item]));
  }

  word(place) {
    this.read();
    return this.words[place];
  }

  has(id) {
    this.read();
    return this.coded.has(id);
  }

  /* The order is that of `coded_item`. */
  get(id) {
    if (!this.has(id)) return undefined;
    const [, kind, title, facts, blocks, related, findings, cited, boxes, citation] = this.coded.get(id);
    return {
      kind: this.word(kind), title: this.word(title), facts: this.facts(facts),
      blocks: blocks.map(([heading, ...more]) => ({heading: this.word(heading), facts: this.facts(more)})),
      related, findings, cited, boxes, citation: this.citation(citation),
    };
  }

  facts(places) {
    const found = [];
    for (let at = 0; at < places.length; at += 2) found.push([this.word(places[at]), this.word(places[at + 1])]);
    return found;
  }

  /* In both languages, because either can be copied. */
  citation(coded) {
    if (!Array.isArray(coded)) return coded === null ? null : this.word(coded);
    return ["zh", "en"].map((lang, place) => {
      const [no, kind, title, ends, segments, term, ...stands] = coded.map((each) => {
        const said = this.word(each);
        return typeof said === "string" ? said : said[place];
      });
      const sources = [];
      for (let at = 0; at < stands.length; at += 2) {
        sources.push(this.say("citation_source", {place: stands[at], digest: stands[at + 1]}, lang));
      }
      const given = {no, kind, title, ends, segments, term, sources: sources.join(this.say("clause_mark", {}, lang))};
      return this.say("citation", given, lang).replaceAll(" ，", "，").replaceAll(" , ", ", ");
    });
  }

  /* A number is also found in the shorter segments that cover it. */
  find(words) {
    if (!words) return [];
    this.read();
    const digits = /^\d{3,}$/;
    const covers = (text) => digits.test(words)
      && text.split(" ").some((part) => digits.test(part) && words.startsWith(part));
    return this.order.filter((id) => {
      const text = this.coded.get(id)[10];
      return text.includes(words) || covers(text);
    });
  }
}
