// Adds to a page that is complete without it: filters, a switch of reading, sorting, copying and
// downloads. Rules, columns and words come from the page's settings, all else from its data.
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data");
  const settings = read("settings");
  const { script: words, kinds, read: readStatus } = settings.words;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const keyOf = (one) => `${one.topic}/${one.note}`;
  const keyOfLink = (link) => decodeURIComponent(link.getAttribute("href").slice(1));
  const form = document.getElementById("filters");
  const strictness = document.getElementById("strictness");
  const levels = ["", "low", "moderate", "high"];

  // Each note once, where it is placed first: what is scored.
  const notes = new Map();
  for (const one of data.annotations) if (!notes.has(keyOf(one))) notes.set(keyOf(one), one);

  function scoreNotes(chosen, preset) {
    const values = settings.presets[preset];
    const scored = chosen.filter((one) => one.verdict in settings.presets.standard).length;
    if (scored < settings.fewest) return { scored, index: null };
    let value = 0;
    let weight = 0;
    for (const one of chosen) {
      if (!(one.verdict in values)) continue;
      value += one.weight * values[one.verdict];
      weight += one.weight;
    }
    return { scored, index: Math.floor(Math.round((value / weight) * 1e4) / 100 + 0.5) };
  }

  function showScore(chosen) {
    const preset = strictness.elements.preset.value;
    const { scored, index } = scoreNotes(chosen, preset);
    const output = document.getElementById("index");
    output.textContent = index === null ? words.none : ` ${words.of_100}`;
    if (index !== null) {
      const number = document.createElement("b");
      number.textContent = index;
      output.prepend(number);
    }
    const few = scored < settings.enough && index !== null ? `${words.few}: ` : "";
    document.getElementById("basis").textContent = few + fill(words.scored, { count: scored });
  }

  function isWanted(one, wanted) {
    return (
      wanted.verdicts.has(one.verdict ?? "context") &&
      wanted.topics.has(one.topic) &&
      one.weight >= wanted.weight &&
      levels.indexOf(one.confidence ?? "") >= wanted.confidence
    );
  }

  function readFilters() {
    const checked = (name) =>
      new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
    return {
      verdicts: checked("verdict"),
      topics: checked("topic"),
      weight: Number(form.elements.weight.value),
      confidence: levels.indexOf(form.elements.confidence.value),
    };
  }

  function applyFilters() {
    const wanted = readFilters();
    const kept = new Map([...notes].filter(([, one]) => isWanted(one, wanted)));
    for (const card of document.querySelectorAll("article.note")) card.hidden = !kept.has(card.id);
    for (const [row, one] of annotationOf) row.hidden = !kept.has(keyOf(one));
    for (const mark of document.querySelectorAll(".lane a")) {
      mark.toggleAttribute("hidden", !kept.has(keyOfLink(mark)));
    }
    const counts = { shown: kept.size, all: notes.size };
    const text = kept.size === notes.size ? words.every : words.some;
    document.getElementById("status").textContent = fill(text, counts);
    showScore([...kept.values()]);
  }

  function followHash() {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!card || !card.hidden) return;
    form.reset();
    applyFilters();
    card.scrollIntoView();
  }

  const rows = [...document.querySelectorAll("#list tbody tr")];
  const annotationOf = new Map(rows.map((row, place) => [row, data.annotations[place]]));
  const sortKeys = [
    (row) => rows.indexOf(row),
    (row) => settings.verdicts.indexOf(annotationOf.get(row).verdict ?? "context"),
    (row) => row.cells[2].textContent,
    (row) => row.cells[3].textContent,
    (row) => levels.indexOf(annotationOf.get(row).confidence ?? ""),
    (row) => annotationOf.get(row).weight,
  ];

  function sortBy(head, column) {
    const isUp = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const body = document.querySelector("#list tbody");
    const keyed = [...body.rows].map((row) => [sortKeys[column](row), row]);
    const order = new Intl.Collator(document.documentElement.lang).compare;
    keyed.sort(([a], [b]) => (typeof a === "number" ? a - b : order(a, b)) * (isUp ? 1 : -1));
    body.append(...keyed.map(([, row]) => row));
  }

  function addButton(place, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => act(button));
    place.append(button);
    return button;
  }

  function addSorting() {
    for (const [column, head] of [...document.querySelectorAll("#list thead th")].entries()) {
      const label = head.textContent;
      head.textContent = "";
      addButton(head, label, () => sortBy(head, column)).className = "sort";
    }
  }

  // Where a page may not write to the clipboard, the text is selected for the reader to copy.
  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(code);
    }
  }

  function addElement(place, name, text) {
    const element = document.createElement(name);
    element.textContent = showControls(text);
    place.append(" ", element);
    return element;
  }

  // Under each moment: its time and what opens a player there, to copy.
  function addPlaying(item, moment) {
    const details = document.createElement("details");
    details.className = "play";
    addElement(details, "summary", words.open);
    const seconds = Math.floor(moment.start_ms / 1000);
    const clock = item.textContent.split("–")[0];
    for (const text of [clock, `mpv --start=${seconds} VIDEO`, `vlc --start-time=${seconds} VIDEO`]) {
      const line = addElement(details, "p", "");
      const code = addElement(line, "code", text);
      addButton(line, words.copy, (button) => copy(code, button));
    }
    item.append(" ", details);
  }

  // Beside each citation: from where its source speaks, and how much of it was read.
  function addStandpoint(item, citation) {
    const source = data.sources[citation.source];
    if (!source) return;
    const [standpoint] = Object.values(source.standpoint);
    const parts = [standpoint || kinds[source.kind], readStatus[source.read]];
    addElement(item, "span", `(${parts.filter(Boolean).join("; ")})`).className = "small";
  }

  function completeCard(card) {
    const moments = data.annotations.filter((one) => keyOf(one) === card.id);
    const { citations } = moments[0];
    card.querySelectorAll(".moments > li").forEach((item, place) => addPlaying(item, moments[place]));
    card.querySelectorAll(".cited > li").forEach((item, place) => addStandpoint(item, citations[place]));
  }

  function nameMark(mark) {
    const card = document.getElementById(keyOfLink(mark));
    mark.querySelector("title").textContent += `: ${card.querySelector("h3").textContent}`;
  }

  // Cells as the table report writes them.
  function writeCell(value) {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.map(writeCell).join("; ");
    if (typeof value === "object") return Object.values(value).map(writeCell).join(", ");
    return String(value);
  }

  function showControls(text) {
    const steering =
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/g;
    const lone = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
    const parts = text.replace(/\r\n/g, "\n").split(/([\ud800-\udbff][\udc00-\udfff])/);
    return parts.map((part, place) => (place % 2 ? part : part.replace(steering, lone))).join("");
  }

  function quote(cell) {
    const shown = showControls(cell);
    const guarded = settings.formulaStarts.includes(shown[0]) ? `'${shown}` : shown;
    return `"${guarded.replaceAll('"', '""')}"`;
  }

  function writeCsv() {
    const columns = Object.values(settings.columns);
    const rows = data.annotations.map((one) => {
      const [language] = Object.keys(one.text);
      const row = { ...one, episode: data.episode, text: one.text[language] ?? {} };
      row.text_language = language;
      return columns.map((path) => path.split(".").reduce((found, part) => found?.[part], row));
    });
    const lines = [Object.keys(settings.columns), ...rows];
    return lines.map((cells) => `${cells.map((one) => quote(writeCell(one))).join(",")}\r\n`).join("");
  }

  function download(type) {
    const text = type === "csv" ? writeCsv() : `${JSON.stringify(data, null, 2)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = document.getElementById("downloads").dataset.name + type;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const downloads = document.getElementById("downloads");
  downloads.hidden = false;
  for (const button of downloads.querySelectorAll("button")) {
    button.addEventListener("click", () => download(button.dataset.type));
  }
  if (form) {
    form.hidden = false;
    strictness.hidden = !document.querySelector(".readings");
    document.querySelectorAll("article.note").forEach(completeCard);
    document.querySelectorAll(".lane a").forEach(nameMark);
    addSorting();
    form.addEventListener("change", applyFilters);
    form.addEventListener("reset", () => setTimeout(applyFilters));
    strictness.addEventListener("change", applyFilters);
    window.addEventListener("hashchange", followHash);
  }
})();
