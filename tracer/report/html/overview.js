/* The overview of an audit: sorting and filters. All data is read from JSON and put on the
   page as text, never as markup. */

(() => {
  const data = Shell.read("page-data");
  const find = (id) => document.getElementById(id);
  const say = Shell.sayer(data.texts);
  const {figure} = Shell;
  /* what a line of data.rows holds */
  const FIGURES = {2: 0, 3: 1, 4: 2, 6: 3, 7: 4, 8: 5, 9: 6};
  const INCIDENTS = 4, FINDINGS = 6, CLASS = 7, RULES = 8, STATES = 9, CODE = 10;

  const table = find("codes");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((element, place) => ({element, place, keys: data.rows[place]}));
  const heads = [...table.tHead.rows[0].cells];
  const search = find("search"), group = find("class"), rule = find("rule"), state = find("state"), only = find("only");
  const left = document.querySelector(".left");
  let order = rows;
  let most = data.first;

  function textOf(row) {
    row.text ??= [...row.element.cells].map((cell) => cell.textContent).join("\n").toLowerCase();
    return row.text;
  }

  function fits(row, words) {
    return (!group.value || row.keys[CLASS] === group.value)
      && (!rule.value || row.keys[RULES].includes(rule.value))
      && (!state.value || row.keys[STATES].includes(state.value))
      && (!only.checked || row.keys[FINDINGS] > 0 || row.keys[INCIDENTS] > 0)
      && words.every((word) => textOf(row).includes(word));
  }

  /* Those that do not fit vanish, on paper too; those beyond the first wait, on the screen only. */
  function show() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of order) {
      const here = fits(row, words);
      row.element.hidden = !here;
      if (here) row.element.classList.toggle("later", count >= most);
      count += here;
    }
    const rest = Math.max(0, count - most);
    left.hidden = !rest;
    left.firstElementChild.textContent = say("left", {rest: figure(rest)});
    find("more").textContent = say("more", {step: figure(Math.min(rest, data.step))});
    tell(count, words);
  }

  function tell(count, words) {
    const numbers = {shown: figure(count), count: figure(rows.length)};
    find("shown").textContent = count ? say("shown", numbers) : say("no_match");
    const chosen = [group, rule, state].filter((field) => field.value)
      .map((field) => field.selectedOptions[0].textContent);
    if (only.checked) chosen.push(say("only"));
    if (words.length) chosen.push(`“${search.value.trim()}”`);
    document.querySelector(".filtered").textContent = chosen.length ? say("filtered", numbers) + chosen.join(" · ") : "";
  }

  function cellText(row, index) {
    if (!index) return row.keys[CODE];
    const cell = row.element.cells[index];
    return (cell.firstElementChild ? cell.innerText : cell.textContent).trim();
  }

  /* The first click on a figure puts the largest first. A third click gives back the stated order. */
  function sort(index) {
    const isFigure = index in FIGURES;
    const first = isFigure ? "descending" : "ascending";
    const second = isFigure ? "ascending" : "descending";
    const now = heads[index].getAttribute("aria-sort");
    const next = now === "none" ? first : now === first ? second : "none";
    for (const head of heads) head.setAttribute("aria-sort", "none");
    heads[index].setAttribute("aria-sort", next);
    if (next === "none") {
      order = rows;
    } else {
      const key = isFigure ? (row) => row.keys[FIGURES[index]] : (row) => cellText(row, index);
      const keyed = rows.map((row) => [key(row), row]);
      const sign = next === "ascending" ? 1 : -1;
      keyed.sort(([a, x], [b, y]) => (a < b ? -sign : a > b ? sign : x.place - y.place));
      order = keyed.map(([, row]) => row);
    }
    body.append(...order.map((row) => row.element));
    most = data.first;
    show();
  }

  heads.forEach((head, index) => head.querySelector("button").addEventListener("click", () => sort(index)));
  for (const field of [search, group, rule, state, only]) {
    field.addEventListener("input", () => { most = data.first; show(); });
  }
  for (const line of document.querySelectorAll("[data-rule]")) {
    line.addEventListener("click", () => { rule.value = line.dataset.rule; show(); table.scrollIntoView(); });
  }
  for (const {element} of rows) {
    const link = element.querySelector("a");
    if (!link) continue;
    element.classList.add("open");
    element.addEventListener("click", (event) => { if (event.target.closest("a") !== link) link.click(); });
  }
  find("reset").addEventListener("click", () => {
    for (const field of [search, group, rule, state]) field.value = "";
    only.checked = false;
    most = data.first;
    show();
  });
  find("more").addEventListener("click", () => { most += data.step; show(); });
  Shell.when("language", show);
  show();
})();
