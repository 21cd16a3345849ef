/* One day at a time: steps from one day on which something changes to the next, alone if asked to. */

class DayPlay {
  /* `page` gives panel(), choice() and matches(), and takes set(day, isPlayed) and say(words). */
  constructor(page, say) {
    this.page = page;
    this.say = say;
    this.pace = 1400;
    const find = (id) => document.getElementById(id);
    [this.field, this.button, this.stopper] = [find("d-day"), find("d-play"), find("d-stop")];
    this.said = document.querySelector(".day-said");
    find("d-back").addEventListener("click", () => { this.pause(); this.step(-1); });
    find("d-next").addEventListener("click", () => { this.pause(); this.step(1); });
    this.button.addEventListener("click", () => this.toggle());
    this.stopper.addEventListener("click", () => this.stop());
    this.field.addEventListener("change", () => { this.pause(); this.type(); });
    /* a reader who asked for less motion steps by hand: nothing moves by itself */
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.still.addEventListener("change", () => this.calm());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.pause(); });
    this.calm();
  }

  calm() {
    this.button.hidden = this.still.matches;
    if (this.still.matches) this.pause();
  }

  get isPlaying() { return this.timer !== undefined; }

  changes() {
    return daysOfChange(this.page.panel(), this.page.choice(), this.page.matches());
  }

  step(by) {
    const days = this.changes();
    if (!days.length) return false;
    const {day} = this.page.choice();
    let next;
    if (day === null) next = by > 0 ? days[0] : days[days.length - 1];
    else next = by > 0 ? days.find((each) => each > day) : days.filter((each) => each < day).pop();
    if (next === undefined) return false;
    this.page.set(next, true);
    return true;
  }

  toggle() {
    if (this.isPlaying) return this.pause();
    const days = this.changes();
    const {day} = this.page.choice();
    if (!days.length) return undefined;
    if (day === null || day >= days[days.length - 1]) this.page.set(days[0], true);
    this.timer = setInterval(() => { if (!this.step(1)) this.pause(); }, this.pace);
    return this.label();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.label();
  }

  stop() {
    this.pause();
    if (this.page.choice().day !== null) this.page.set(null, false);
  }

  type() {
    const words = this.field.value.trim();
    const day = words ? Days.read(words) : null;
    this.field.setAttribute("aria-invalid", String(Boolean(words) && day === null));
    if (!words || day !== null) this.page.set(day, false);
  }

  label() {
    this.button.textContent = this.say(this.isPlaying ? "day.pause" : "day.play");
    this.button.setAttribute("aria-pressed", String(this.isPlaying));
  }

  /* Keys of the picture: [ and ] step, the space bar plays and pauses. */
  key(event) {
    if (event.key === "[" || event.key === "]") {
      this.pause();
      this.step(event.key === "]" ? 1 : -1);
    } else if (event.key === " " && !this.still.matches) this.toggle();
    else return false;
    event.preventDefault();
    return true;
  }

  /* Says what exists on the day, and what differs from the day before. */
  tell(selection) {
    const {day} = this.page.choice();
    this.stopper.hidden = day === null;
    if (document.activeElement !== this.field || day !== null) this.field.value = day === null ? "" : Days.write(day);
    this.field.setAttribute("aria-invalid", "false");
    this.label();
    if (day === null) return this.page.say("");
    const panel = this.page.panel();
    const before = new Selection(panel, this.page.choice().with({day: day - 1}), this.page.matches());
    const {records, gaps} = selection;
    const now = [...records, ...gaps];
    const then = new Set([...before.records, ...before.gaps]);
    const fresh = now.filter((id) => !then.has(id));
    const gone = [...then].filter((id) => !selection.shows(id));
    const days = this.changes();
    const place = days.indexOf(day) + 1;
    const parts = [this.day(panel, selection, day)];
    if (place) parts.push(this.say("day.place", {index: place, count: days.length}));
    if (fresh.length) parts.push(this.say("day.new", {listed: this.list(fresh)}));
    if (gone.length) parts.push(this.say("day.gone", {listed: this.list(gone)}));
    if (!fresh.length && !gone.length) parts.push(this.say(days.length ? "day.same" : "day.no_change"));
    this.said.textContent = parts.join(this.say("clause_mark"));
    return this.page.say(this.said.textContent);
  }

  /* Messages of a day are told hop by hop, not added up: one message passes several hops. */
  day(panel, selection, day) {
    const {facets} = panel;
    const live = [...selection.records].filter((no) => facets.records[no].kind !== "allocation");
    const sums = live.map((no) => selection.messagesOf(facets.records[no])).filter(Boolean);
    const [least, most] = [Math.min(...sums), Math.max(...sums)];
    const figure = least === most ? Shell.figure(most) : `${Shell.figure(least)}–${Shell.figure(most)}`;
    const messages = this.say("messages", {count: sums.length ? figure : "0"});
    return this.say("day.on", {day: Days.write(day), evidence: live.length, hops: selection.hops.size, messages});
  }

  list(ids) {
    const some = ids.slice(0, 6).join(this.say("list_mark"));
    return ids.length > 6 ? `${some} … (${ids.length})` : some;
  }
}
