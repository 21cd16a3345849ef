/* The address after #: what is chosen and what is open, to share, to keep and to go back by. */

class Links {
  constructor(onChange) {
    this.onChange = onChange;
    this.last = location.hash;
    const heard = () => {
      if (location.hash === this.last) return;
      this.last = location.hash;
      onChange(this.read());
    };
    addEventListener("hashchange", heard);
    addEventListener("popstate", heard);
  }

  /* `#E004`, `#P2`, `#F3`, `#v0-E004`, or name=value pairs; null where it is the place of something else. */
  read() {
    const words = location.hash.slice(1);
    const short = /^(?:(v\d+)-)?([EPGHF]\d+)$/.exec(words);
    if (short) return {panel: short[1] || "", item: short[2], isShort: true};
    if (words && !words.includes("=")) return null;
    const given = new URLSearchParams(words);
    const found = {};
    for (const name of Links.NAMES) found[name] = given.get(name) || "";
    return found;
  }

  static write(state) {
    const given = new URLSearchParams();
    for (const name of Links.NAMES) if (state[name]) given.set(name, state[name]);
    return given.toString();
  }

  address(state) {
    return `${location.href.split("#")[0]}#${Links.write(state)}`;
  }

  /* A step can be gone back by; typing and playing only change the entry there is. */
  put(state, isStep) {
    const words = Links.write(state);
    const hash = words ? `#${words}` : "";
    if (hash === location.hash) return;
    const address = hash || location.href.split("#")[0];
    history[isStep ? "pushState" : "replaceState"](null, "", address);
    this.last = location.hash;
  }
}
Links.NAMES = ["number", "item", "in", "code", "layer", "kind", "status", "rule", "from", "to", "day", "q", "lang"];
