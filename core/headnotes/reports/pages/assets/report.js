// Adds to a page that is complete without it: filters and search, copying, downloads.
// Columns and words come from the page's settings, all else from its data and its text.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  if (!byId("data")) return;
  const settings = JSON.parse(byId("settings").textContent);
  const words = settings.words;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const form = byId("filters");
  const places = ".passage, #unheard";
  const cards = [...document.querySelectorAll("article.note")];
  const rows = [...document.querySelectorAll("#list tbody tr")];

  function addButton(place, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => act(button));
    place.append(" ", button);
    return button;
  }

  // Text as a reader looks for it: in any case, with or without accents.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function isWanted(card) {
    const { words: search, verdict, topic, weight } = form.elements;
    const text = plain(card.closest(places).querySelector("header").textContent + card.textContent);
    return (
      (!verdict.value || card.classList.contains(verdict.value)) &&
      (!topic.value || card.id.startsWith(`${topic.value}/`)) &&
      Number(card.dataset.weight) >= Number(weight.value) &&
      plain(search.value).split(/\s+/).every((word) => text.includes(word))
    );
  }

  function applyFilters() {
    const isSearch = form.elements.words.value.trim() !== "";
    for (const card of cards) card.hidden = !isWanted(card);
    for (const card of cards) card.querySelector(".proof").open = isSearch && !card.hidden;
    for (const passage of document.querySelectorAll(places)) {
      passage.hidden = !passage.querySelector("article.note:not([hidden])");
    }
    for (const row of rows) row.hidden = byId(row.querySelector("a").hash.slice(1)).hidden;
    for (const area of document.querySelectorAll(".areas a")) {
      area.classList.toggle("off", byId(area.getAttribute("href").slice(1)).hidden);
    }
    const shown = cards.filter((card) => !card.hidden).length;
    const text = shown === cards.length ? words.every : words.some;
    byId("status").textContent = fill(text, { shown, all: cards.length });
  }

  // A link to what is folded or filtered away shows it.
  function followHash() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (form && target.closest(places)?.matches(":is([hidden], :has(article[hidden]))")) {
      form.reset();
      applyFilters();
    }
    // of a card, what it rests on; what gives too much away stays folded
    for (const details of [target.closest("details"), target.querySelector(":scope > .proof")]) {
      if (details) details.open = true;
    }
    target.scrollIntoView();
  }

  // Where a page may not write to the clipboard, the text is selected for the reader to copy.
  async function copy(element, button) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      button.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(element);
      if (document.execCommand("copy")) button.textContent = words.copied;
    }
  }

  // In the head of each passage: what opens a player there, to copy.
  function addPlaying(head) {
    const details = document.createElement("details");
    details.className = "play";
    const summary = document.createElement("summary");
    summary.textContent = words.open;
    details.append(summary, words.video);
    const seconds = Math.floor(parseFloat(head.querySelector("time").dateTime.slice(2)));
    for (const text of [`mpv --start=${seconds} VIDEO`, `vlc --start-time=${seconds} VIDEO`]) {
      const line = document.createElement("p");
      const code = document.createElement("code");
      code.textContent = text;
      line.append(code);
      addButton(line, words.copy, (button) => copy(code, button));
      details.append(line);
    }
    head.append(details);
  }

  // The data is deflated, and leaves to the page what the page shows: `{"$": 3}` is its fourth text.
  async function readData() {
    const marked = [...document.querySelectorAll("[data-text]")];
    const bytes = Uint8Array.from(atob(byId("data").textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const restore = (_, value) => (value?.$ === undefined ? value : marked[value.$].textContent);
    return JSON.parse(await new Response(stream).text(), restore);
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

  // A claim as the page has it, in its one language, and the second rating beside a topic's.
  function describeClaim(claim, topic) {
    if (!claim) return { claim: {}, second: {} };
    const second = claim.ratings.find((rating) => rating.topic === topic)?.second;
    return { claim: { ...claim, text: Object.values(claim.text)[0] }, second };
  }

  // Whether a claim has a verdict and a weight that the reader asked for.
  function isAskedFor(claim, { verdicts, min_weight: least }) {
    const given = claim.ratings.flatMap((rating) => rating.verdicts);
    const isOfKind = !verdicts.length || given.some((verdict) => verdicts.includes(verdict));
    return isOfKind && claim.weight >= least;
  }

  function listRows(data) {
    const claims = new Map(data.claims.map((claim) => [claim.name, claim]));
    const placed = data.annotations.map((annotation) => {
      const [[language, text] = [null, {}]] = Object.entries(annotation.text);
      const beside = describeClaim(claims.get(annotation.claim), annotation.topic);
      return { ...annotation, found: true, text, text_language: language, ...beside };
    });
    const unheard = data.claims.filter((claim) => !claim.found && isAskedFor(claim, data.choice));
    const missing = unheard.map((claim) => {
      const [{ topic, confidence }] = claim.ratings;
      const row = { ...claim, kind: "claim", topic, confidence, text: {}, disputed: null };
      return { ...row, ...describeClaim(claim, topic) };
    });
    return [...placed, ...missing].map((row) => ({ episode: data.episode, ...row }));
  }

  function writeCsv(data) {
    const columns = Object.values(settings.columns);
    const cellsOf = (row) =>
      columns.map((path) => path.split(".").reduce((found, part) => found?.[part], row));
    const lines = [Object.keys(settings.columns), ...listRows(data).map(cellsOf)];
    return lines.map((cells) => `${cells.map((cell) => quote(writeCell(cell))).join(",")}\r\n`).join("");
  }

  async function download(type) {
    const data = await readData();
    const text = type === "csv" ? writeCsv(data) : `${JSON.stringify(data, null, 2)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = document.querySelector("nav").dataset.name + type;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const sheet = document.querySelector("#sheet .back");
  if (sheet) addButton(sheet, words.print, () => window.print());
  const downloads = byId("downloads");
  downloads.hidden = false;
  for (const button of downloads.querySelectorAll("button")) {
    button.addEventListener("click", () => download(button.dataset.type));
  }
  const citation = document.querySelector("#cite .citation");
  addButton(citation.parentNode, words.copy, (button) => copy(citation, button));
  window.addEventListener("hashchange", followHash);
  if (form) {
    form.hidden = false;
    document.querySelectorAll(".passage > header").forEach(addPlaying);
    addButton(form, words.open_all, () => {
      for (const proof of document.querySelectorAll(".note .proof")) proof.open = true;
    });
    form.append(byId("status"));
    form.addEventListener("input", applyFilters);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(applyFilters));
  }
  followHash();
})();
