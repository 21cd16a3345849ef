/* What is chosen, and which records, gaps, parties, hops and leads of a panel fit it. */

const Days = {
  /* A day as figure: days since 1970; null where the words are no day. */
  read(words) {
    const found = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(words.trim());
    if (!found) return null;
    const [year, month, day] = found.slice(1).map(Number);
    const time = Date.UTC(year, month - 1, day);
    const back = new Date(time);
    return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? time / 86400000 : null;
  },
  write: (number) => new Date(number * 86400000).toISOString().slice(0, 10),
};

class Choice {
  constructor(values = {}) {
    Object.assign(this, {code: "", layer: "", kind: "", status: "", rule: "", from: null, to: null, day: null, words: ""}, values);
  }

  with(values) { return new Choice({...this, ...values}); }

  get isDated() { return this.from !== null || this.to !== null || this.day !== null; }

  /* What a party, or a lead, cannot be asked for by itself. */
  get isOfRecords() { return Boolean(this.code || this.kind || this.status || this.isDated); }

  get isActive() { return Boolean(this.isOfRecords || this.layer !== "" || this.rule || this.words); }

  get first() { return Math.max(this.from ?? -Infinity, this.day ?? -Infinity); }

  get last() { return Math.min(this.to ?? Infinity, this.day ?? Infinity); }
}

/* The days of a record as runs [first, last]; open ends reach as far as they can. */
function runsOf(record) {
  if (record.runs) return record.runs;
  const runs = [];
  const add = (first, last) => {
    const end = runs[runs.length - 1];
    if (end && first <= end[1] + 1) end[1] = Math.max(end[1], last);
    else runs.push([first, last]);
  };
  const terms = (record.terms || []).map(([first, last]) => [first ?? -Infinity, last ?? Infinity]);
  for (const [first, last] of terms.sort((a, b) => a[0] - b[0])) add(first, last);
  for (const [day] of record.days || []) add(day, day);
  record.runs = runs;
  return runs;
}

/* What of a panel fits a choice. `matches` are the ids the search words find, or null. */
class Selection {
  constructor(panel, choice, matches) {
    const {facets} = panel;
    this.choice = choice;
    this.facets = facets;
    this.folds = panel.folds;
    this.isWhole = !choice.isActive;
    const fits = (part, id) => this.isWhole || this.fits(part, id, matches);
    const pick = (parts) => new Set(Object.keys(parts).filter((id) => fits(parts[id], id)));
    this.records = pick(facets.records);
    this.gaps = pick(facets.gaps);
    this.parties = new Set();
    const bring = (ids, parts) => { for (const id of ids) for (const end of parts[id].ends) this.parties.add(end); };
    bring(this.records, facets.records);
    bring(this.gaps, facets.gaps);
    for (const [id, party] of Object.entries(facets.parties)) {
      if (this.isWhole || (!choice.isOfRecords && this.fits({...party, layers: [party.layer], ends: []}, id, matches))) this.parties.add(id);
    }
    this.hops = new Set(facets.hops.filter(({records}) => records.some((no) => this.records.has(no))).map(({id}) => id));
    this.findings = new Set(Object.keys(facets.findings).filter((id) => this.isWhole || this.tells(facets.findings[id])));
    this.all = {
      evidence: Object.keys(facets.records).length,
      parties: Object.values(facets.parties).filter((party) => !party.roles.includes("carrier")).length,
      hops: facets.hops.length,
      leads: Object.keys(facets.findings).length,
    };
    this.count = {
      evidence: this.records.size,
      parties: [...this.parties].filter((id) => !facets.parties[id].roles.includes("carrier")).length,
      hops: this.hops.size,
      leads: this.findings.size,
    };
  }

  fits(part, id, matches) {
    const {code, layer, kind, status, rule, isDated, first, last} = this.choice;
    return (!code || part.codes.some((own) => own.startsWith(code) || code.startsWith(own)))
      && (layer === "" || part.layers.includes(Number(layer)))
      && (!kind || part.kind === kind)
      && (!status || part.status === status)
      && (!rule || (rule === "any" ? part.rules.length > 0 : part.rules.includes(rule)))
      && (!isDated || runsOf(part).some(([start, end]) => start <= last && first <= end))
      && (!matches || matches.has(id) || part.ends.some((end) => matches.has(end)));
  }

  /* A lead is shown where all parties it names are, and some of what it rests on or is about. */
  tells(lead) {
    const {rule} = this.choice;
    if (rule && rule !== "any" && lead.rule !== rule) return false;
    const boxes = [...lead.records, ...lead.boxes];
    return lead.parties.every((id) => this.parties.has(id))
      && (boxes.length ? boxes.some((id) => this.shows(id)) : !this.choice.isOfRecords);
  }

  /* Whether an item of the page is shown: a box, a row, a lead. What filters do not know stays. */
  shows(id) {
    if (this.folds[id]) return this.isWhole || this.folds[id].parties.some((party) => this.parties.has(party));
    const sets = {E: this.records, P: this.parties, G: this.gaps, H: this.hops, F: this.findings};
    const set = /^[A-Z]\d+$/.test(id) ? sets[id[0]] : null;
    return this.isWhole || !set || set.has(id);
  }

  /* Messages of a record on the days chosen. */
  messagesOf(record) {
    const {first, last} = this.choice;
    return (record.days || []).reduce((sum, [day, number]) => (first <= day && day <= last ? sum + number : sum), 0);
  }
}

/* The days on which what is shown differs from the day before, leaving a single day out of the choice. */
function daysOfChange(panel, choice, matches) {
  const rest = choice.with({day: null});
  const {records, gaps} = new Selection(panel, rest, matches);
  const {facets} = panel;
  const found = new Set();
  const note = (day) => { if (Number.isFinite(day) && rest.first <= day && day <= rest.last) found.add(day); };
  for (const part of [...records].map((no) => facets.records[no]).concat([...gaps].map((id) => facets.gaps[id]))) {
    for (const [first, last] of runsOf(part)) {
      note(first);
      note(last + 1);
    }
  }
  return [...found].sort((a, b) => a - b);
}
