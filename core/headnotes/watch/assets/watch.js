// Brings a page to life that is complete without it: notes come up with the film and stay. Televisions
// have old browsers: nothing here is younger than 2020.
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const find = (id) => document.getElementById(id);
  const data = read("data");
  const settings = read("settings");
  const { words } = settings;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const form = find("choices");
  const video = find("video");
  const list = find("list");
  const source = video ? makeFilm(video) : makeStopwatch();

  // ------------------------------------------------------------------ what is kept between visits

  const memory = {
    load(key) {
      try {
        return JSON.parse(localStorage.getItem(key)) ?? {};
      } catch {
        return {};
      }
    },
    save(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // a browser that keeps nothing still watches along
      }
    },
  };
  const EVERYWHERE = "headnotes";
  const ofWork = `headnotes/${settings.work}`;
  const here = `${ofWork}/${settings.episode}`;

  function keepPlace() {
    const rate = form.elements.rate.value;
    memory.save(here, { place: source.place, offset: clock.offset, rate, speed: source.speed });
  }

  function keepChoices() {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const off = boxes.filter((box) => !box.checked).map((box) => `${box.name}=${box.value}`);
    const on = boxes.filter((box) => box.checked).map((box) => `${box.name}=${box.value}`);
    memory.save(EVERYWHERE, { off, on, density: form.elements.density.value });
    memory.save(ofWork, settings.levels[form.elements.seen.value].seen);
  }

  function restoreChoices() {
    const { off = [], on = [], density } = memory.load(EVERYWHERE);
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      const name = `${box.name}=${box.value}`;
      box.checked = box.checked ? !off.includes(name) : on.includes(name);
    }
    if (settings.levels[0].windows[density]) form.elements.density.value = density;
    const seen = memory.load(ofWork);
    const reached = settings.levels.filter((known) => typeof seen === "string" && known.seen <= seen);
    form.elements.seen.value = Math.max(0, reached.length - 1);
  }

  function restorePlace() {
    const { place, offset, rate, speed } = memory.load(here);
    const restore = (list, value) => {
      if ([...list.options].some((option) => option.value === value)) list.value = value;
    };
    restore(form.elements.rate, rate);
    restore(form.elements.speed, String(speed));
    clock.rate = Number(form.elements.rate.value);
    if (Number.isFinite(offset)) clock.offset = offset;
    if (Number.isFinite(place) && place > 0) source.seek(place);
  }

  // ------------------------------------------------------------------ what is wanted, and when

  const nameOf = (annotation) => `${annotation.topic}/${annotation.note}`;
  const cards = [...list.children].map((element) => ({
    element,
    places: data.annotations.flatMap((one, place) => (nameOf(one) === element.id ? [place] : [])),
    comes: 0,
    isShown: false,
  }));
  let windows = []; // [annotation, start, end] of what is wanted, by start
  let marks = [];
  let isAsked = false; // for all notes, before the film is over
  let isOver = false;

  const checked = (name) =>
    new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  function choose() {
    const level = Number(form.elements.seen.value);
    const [topics, verdicts] = [checked("topic"), checked("verdict")];
    const isWanted = (place) => {
      const one = data.annotations[place];
      const isLater = settings.guards[place] > level;
      return !isLater && topics.has(one.topic) && verdicts.has(one.verdict ?? "context");
    };
    const planned = settings.levels[level].windows[form.elements.density.value];
    windows = planned.filter(([place]) => isWanted(place));
    const starts = new Map();
    for (const [place, start] of windows) starts.set(place, Math.min(start, starts.get(place) ?? start));
    for (const card of cards) {
      const wanted = card.places.filter(isWanted);
      const times = wanted.map((place) => starts.get(place) ?? data.annotations[place].moment_ms);
      card.isWanted = wanted.length > 0;
      card.comes = Math.min(...times);
      card.start = Math.min(...wanted.map((place) => starts.get(place) ?? Infinity));
      const at = { time: writeClock(card.start) };
      const text = card.start < Infinity ? fill(words.on_screen, at) : words.only_here;
      card.element.querySelector(".place").textContent = text;
    }
    const times = [...windows.flatMap(([, start, end]) => [start, end]), ...cards.map((card) => card.comes)];
    marks = [...new Set(times)].filter(Number.isFinite).sort((a, b) => a - b);
    shownNow = null;
  }

  // ------------------------------------------------------------------ showing

  function writeClock(time) {
    const seconds = Math.floor(Math.abs(time) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const sign = time < 0 && seconds ? "−" : "";
    return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  let shownNow = null;

  function showHeadnotes(time) {
    const current = windows.filter(([, start, end]) => start <= time && time < end);
    const key = current.map(String).join(" ");
    if (key === shownNow) return;
    shownNow = key;
    const lines = current.map(([place]) => writeHeadnote(place));
    find("now").replaceChildren(...lines);
    find("idle").hidden = lines.length > 0;
    const places = new Set(current.map(([place]) => place));
    for (const card of cards) {
      card.element.classList.toggle("current", card.places.some((place) => places.has(place)));
    }
  }

  function writeHeadnote(place) {
    const line = document.createElement("p");
    line.className = `v ${data.annotations[place].verdict ?? "context"}`;
    line.lang = settings.languages[place];
    line.textContent = settings.screen[place].replaceAll("\n", " ");
    return line;
  }

  function showCards(time) {
    let count = 0;
    for (const card of cards) {
      const isShown = card.isWanted && (isOver || card.comes <= time);
      count += isShown;
      if (isShown === card.isShown) continue;
      card.isShown = isShown;
      card.element.hidden = !isShown;
      const guarded = card.element.querySelector("details.spoiler");
      if (guarded && isShown) guarded.open = true;
    }
    find("none").hidden = count > 0;
  }

  let wasRunning = false;

  function showControls(time) {
    if (source.isRunning !== wasRunning) {
      wasRunning = source.isRunning;
      keepLight();
    }
    find("time").textContent = writeClock(time);
    find("play").textContent = source.isRunning ? words.pause : source.place > 0 ? words.go_on : words.start;
    if (find("how")) find("how").hidden = source.place > 0;
    find("place").value = Math.min(settings.length, Math.max(0, time));
    const seconds = (clock.offset / 1000).toLocaleString(document.documentElement.lang);
    find("shifted").textContent = clock.offset ? fill(words.shifted, { seconds }) : "";
    if (source.isRunning && Math.floor(time / 1000) % 5 === 0) keepPlace();
  }

  function show(time) {
    const isDone = isAsked || time >= settings.length;
    if (isDone !== isOver) finish(isDone);
    showControls(time);
    showHeadnotes(time);
    showCards(time);
  }

  // Newest first beside the film; in the order of the film when it is over.
  function arrange() {
    const ordered = [...cards].sort((a, b) => (a.comes - b.comes) * (isOver ? 1 : -1));
    list.append(...ordered.map((card) => card.element));
  }

  function finish(isNow) {
    isOver = isNow;
    find("finish").setAttribute("aria-pressed", String(isOver));
    find("after").hidden = !isOver;
    const wanted = cards.filter((card) => card.isWanted);
    const never = wanted.filter((card) => card.start === Infinity);
    find("sum").textContent = fill(words.sum, { all: wanted.length, never: never.length });
    find("never").replaceChildren(...never.map(writeLink));
    arrange();
  }

  function writeLink(card) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${card.element.id.split("/").map(encodeURIComponent).join("/")}`;
    link.textContent = card.element.querySelector("h3").textContent;
    item.append(link);
    return item;
  }

  // ------------------------------------------------------------------ what the viewer does

  const clock = makeClock(source, () => marks, show);
  let hasStarted = false;

  const acts = {
    play() {
      if (source.isRunning) source.pause();
      else source.play();
      hasStarted = true;
      keepPlace();
    },
    skip(milliseconds) {
      source.seek(source.place + milliseconds);
      keepPlace();
    },
    shift(milliseconds) {
      clock.offset += milliseconds;
      refresh();
      keepPlace();
    },
    recall,
    step,
    finish() {
      isAsked = !isAsked;
      clock.update();
    },
    search: () => find("said").focus(),
    again() {
      source.pause();
      clock.offset = 0;
      source.seek(0);
      hasStarted = false;
      isAsked = false;
      refresh();
      keepPlace();
    },
  };

  // The notes of this passage, opened, with the film at rest.
  function recall() {
    source.pause();
    const time = clock.time;
    const known = cards.filter((card) => card.isShown);
    const isHere = ({ passage }) => passage && passage.start_ms <= time && time < passage.end_ms;
    let found = known.filter((card) => card.places.some((place) => isHere(data.annotations[place])));
    if (!found.length) {
      const latest = Math.max(...known.map((card) => card.comes));
      found = known.filter((card) => card.comes === latest);
    }
    find("status").textContent = found.length ? "" : words.nothing_yet;
    for (const card of found) card.element.querySelectorAll("details").forEach((one) => (one.open = true));
    if (found.length) focusCard(found[0]);
  }

  function focusCard(card) {
    card.element.focus({ preventScroll: true });
    card.element.scrollIntoView({ block: "start" }); // a long note is read from its top
  }

  // A film that plays here goes to the note; beside another one, the reader does.
  function step(direction) {
    if (video) {
      const starts = windows.map(([, start]) => start);
      const time = clock.time;
      const next = starts.find((start) => start > time + 50);
      const back = [...starts].reverse().find((start) => start < time - 1500);
      const target = direction > 0 ? next : back;
      if (target !== undefined) clock.seek(target);
      return;
    }
    const shown = cards.filter((card) => card.isShown).sort((a, b) => a.comes - b.comes);
    const at = shown.findIndex((card) => card.element === document.activeElement);
    const target = shown[at < 0 ? shown.length - 1 : at + direction];
    if (target) focusCard(target);
  }

  // ------------------------------------------------------------------ "it just said"

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const spoken = settings.cues.map(([start, end, text]) => ({ start, end, text, folded: fold(text) }));
  const MOST_FOUND = 8;
  let heard = null; // when the viewer began to write: the line was over then

  function searchLine() {
    const asked = fold(find("said").value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    heard = asked.length ? (heard ?? { wall: Date.now(), time: clock.time }) : null;
    const found = asked.length ? spoken.filter((cue) => asked.every((word) => cue.folded.includes(word))) : [];
    const near = (cue) => Math.abs(cue.end - clock.time);
    const first = found.sort((a, b) => near(a) - near(b)).slice(0, MOST_FOUND);
    find("found").replaceChildren(...first.map(writeLine));
    find("matches").textContent = asked.length ? fill(words.matches, { count: found.length }) : "";
  }

  function writeLine(cue) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const time = document.createElement("time");
    time.textContent = writeClock(cue.start);
    button.append(time, ` ${cue.text.replaceAll("\n", " ")}`);
    button.addEventListener("click", () => synchronise(cue));
    item.append(button);
    return item;
  }

  // Since the viewer began to write, the film has gone on as far as the clock has; before the first
  // start the film runs and the clock does not, and then it is the wall that knows.
  function synchronise(cue) {
    const isFirst = !video && !hasStarted;
    const passed = isFirst ? (Date.now() - heard.wall) * source.speed : clock.time - heard.time;
    if (video) clock.offset += cue.end + passed - clock.time;
    else clock.seek(cue.end + passed);
    if (isFirst) acts.play();
    find("said").value = "";
    searchLine();
    refresh();
    keepPlace();
    find("status").textContent = fill(words.synchronised, { time: writeClock(clock.time) });
    find("play").focus();
  }

  // ------------------------------------------------------------------ text on the picture

  const tracks = {};

  function writeTracks() {
    if (!video) return;
    const toFilm = (time) => (time - clock.offset) / clock.rate / 1000;
    const put = (name, language, cues, line) => {
      tracks[name] ??= video.addTextTrack("subtitles", words[name], language);
      const track = tracks[name];
      track.mode = "hidden"; // a track that is off has no cues to take away
      for (const cue of [...track.cues]) track.removeCue(cue);
      for (const [start, end, text] of cues) {
        if (toFilm(start) < 0) continue;
        const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        const cue = new VTTCue(toFilm(start), toFilm(end), escaped);
        if (line !== undefined) cue.line = line;
        track.addCue(cue);
      }
      track.mode = form.elements[name].checked ? "showing" : "disabled";
    };
    put("dialogue", data.episode.language ?? "", settings.cues);
    const notes = windows.map(([place, start, end]) => [start, end, settings.screen[place]]);
    put("headnotes", document.documentElement.lang, notes, 0);
  }

  // ------------------------------------------------------------------ keys, light, the rest

  const keys = {
    __proto__: null,
    " ": () => acts.play(),
    k: () => acts.play(),
    ArrowLeft: () => acts.skip(-10_000),
    ArrowRight: () => acts.skip(10_000),
    ",": () => acts.shift(-500),
    ".": () => acts.shift(500),
    w: () => acts.recall(),
    p: () => acts.step(-1),
    n: () => acts.step(1),
    "/": () => acts.search(),
  };

  function press(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.closest("input:not([type=checkbox]), select")) return;
    if (key === " " && target.closest("button, summary, a, input, video")) return;
    if (key.startsWith("Arrow") && target.closest("video")) return;
    if (!form.elements.keys.checked || !keys[key]) return;
    event.preventDefault();
    keys[key]();
  }

  let lock = null;

  async function keepLight() {
    const isWanted = source.isRunning && form.elements.awake.checked && !document.hidden;
    try {
      if (isWanted) lock ??= await navigator.wakeLock.request("screen");
      else await lock?.release();
      if (!isWanted || lock?.released) lock = null;
    } catch {
      lock = null; // low battery, or a browser that does not let pages do so
    }
  }

  function refresh() {
    clock.update();
    writeTracks();
  }

  function applyChoices() {
    clock.rate = Number(form.elements.rate.value);
    const speed = Number(form.elements.speed.value); // none where the film's own controls set another
    if (speed) source.speed = speed;
    document.documentElement.classList.toggle("large", form.elements.large.checked);
    choose();
    finish(isOver);
    refresh();
    keepLight();
  }

  function begin() {
    for (const button of document.querySelectorAll("button[data-act]")) {
      const { act, by } = button.dataset;
      button.addEventListener("click", () => acts[act](Number(by)));
    }
    for (const element of document.querySelectorAll(".live")) element.hidden = false;
    for (const card of cards) card.element.hidden = true;
    find("said").addEventListener("input", searchLine);
    find("said-form").addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => (applyChoices(), keepChoices(), keepPlace()));
    document.addEventListener("keydown", press);
    document.addEventListener("visibilitychange", () => (clock.update(), keepLight(), keepPlace()));
    // a film has controls of its own, which know more speeds than the list
    video?.addEventListener("ratechange", () => (form.elements.speed.value = String(source.speed)));
    video?.addEventListener("error", () => (find("status").textContent = words.no_video));
    restoreChoices();
    restorePlace();
    applyChoices();
  }

  begin();
})();
