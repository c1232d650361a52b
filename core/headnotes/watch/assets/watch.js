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
    sources: [...element.querySelectorAll("dd li > a")].map((link) => link.hash),
    comes: 0,
    isShown: false,
    isFound: true, // by the search, which finds all when nothing is asked
  }));
  let windows = []; // [annotation, start, end] of what is wanted, by start
  let marks = [];
  let isAsked = false; // for all notes, before the film is over
  let isOver = false;
  let hasEnded = false;

  const checked = (name) =>
    new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  function choose() {
    const level = Number(form.elements.seen.value);
    const [topics, verdicts] = [checked("topic"), checked("verdict")];
    const isWanted = (place) => {
      const one = data.annotations[place];
      const isLater = settings.guards[place] > level;
      return !isLater && topics.has(one.topic) && verdicts.has(one.verdict ?? one.kind);
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
      card.isPast = null; // what stands on it is written anew
    }
    const times = [...windows.flatMap(([, start, end]) => [start, end]), ...cards.map((card) => card.comes)];
    marks = [...new Set(times)].filter(Number.isFinite).sort((a, b) => a - b);
  }

  // ------------------------------------------------------------------ showing

  function writeClock(time) {
    const seconds = Math.floor(Math.abs(time) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const sign = time < 0 && seconds ? "−" : "";
    return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  let boxed = "";
  let inBox = new Set(); // the annotations in it, by their places
  let reading = null; // the card that was stepped to
  let current = "";

  // What is up now, else what was last: a note is still to be read when its time is over.
  function showHeadnotes(time) {
    const isUp = ([, start, end]) => start <= time && time < end;
    const up = windows.filter(isUp);
    const shown = up.length ? up : listLatest(time);
    const key = shown.map(String).join(" ");
    if (key !== boxed) {
      find("now").replaceChildren(...shown.map(writeHeadnote));
      inBox = new Set(shown.map(([place]) => place));
      reading = null;
      showStatus("");
    }
    boxed = key;
    find("now").classList.toggle("past", up.length === 0);
    find("idle").hidden = shown.length > 0;
    markCards(up);
  }

  function listLatest(time) {
    const past = windows.filter(([, , end]) => end <= time);
    const last = Math.max(...past.map(([, , end]) => end));
    return past.filter(([, , end]) => end === last);
  }

  function markCards(up) {
    const key = up.map(String).join(" ");
    if (key === current) return;
    current = key;
    const places = new Set(up.map(([place]) => place));
    for (const card of cards) {
      card.element.classList.toggle("current", card.places.some((place) => places.has(place)));
    }
  }

  function writeHeadnote([place, start]) {
    const line = document.createElement("p");
    line.dataset.at = fill(words.came_up, { time: writeClock(start) });
    line.className = `v ${data.annotations[place].verdict ?? "context"}`;
    line.lang = settings.languages[place];
    line.textContent = settings.screen[place].replaceAll("\n", " ");
    return line;
  }

  function showCards(time) {
    let isChanged = false;
    for (const card of cards) {
      writePlace(card, time);
      const isShown = card.isWanted && (isOver || card.comes <= time);
      if (isShown === card.isShown) continue;
      isChanged = true;
      card.isShown = isShown;
      card.isFound = isSought(card);
      const guarded = card.element.querySelector("details.spoiler");
      if (guarded && isShown) guarded.open = true;
    }
    if (isChanged) showFound();
  }

  function showFound() {
    const shown = cards.filter((card) => card.isShown);
    for (const card of cards) card.element.hidden = !(card.isShown && card.isFound);
    find("none").hidden = shown.length > 0;
    find("search-form").hidden = shown.length === 0;
    countFound(shown);
    showSources(shown);
  }

  function writePlace(card, time) {
    const isPast = card.start <= time;
    if (isPast === card.isPast) return;
    card.isPast = isPast;
    const at = { time: writeClock(card.start) };
    const text = fill(isPast ? words.came_up : words.on_screen, at);
    card.element.querySelector(".place").textContent = card.start < Infinity ? text : words.only_here;
  }

  // A source tells of a note that cites it: it comes with the first that does.
  function showSources(shown) {
    const cited = new Set(shown.flatMap((card) => card.sources));
    for (const source of document.querySelectorAll(".sources > li")) {
      source.hidden = !cited.has(`#${source.id}`);
    }
    if (find("sources")) find("sources").hidden = cited.size === 0;
  }

  let lasting = "";

  // What an act has to say holds until the next act, the next note or the end of the film.
  function showStatus(text) {
    find("status").textContent = text || lasting;
  }

  let wasRunning = false;

  function showControls(time) {
    if (source.isRunning !== wasRunning) {
      wasRunning = source.isRunning;
      keepLight();
    }
    find("time").textContent = writeClock(time);
    find("play").textContent = nameStart();
    find("recall").setAttribute("aria-pressed", String(Boolean(recalled)));
    find("halted").hidden = !halt;
    showJump();
    if (find("how")) find("how").hidden = source.place > 0;
    find("place").value = Math.min(settings.length, Math.max(0, time));
    const seconds = (clock.offset / 1000).toLocaleString(document.documentElement.lang);
    find("shifted").textContent = clock.offset ? fill(words.shifted, { seconds }) : "";
    if (source.isRunning && Math.floor(time / 1000) % 5 === 0) keepPlace();
  }

  const isAtEnd = () => !video && clock.time >= settings.length;

  function nameStart() {
    if (source.isRunning) return words.pause;
    if (isAtEnd()) return words.again;
    return source.place > 0 ? words.go_on : words.start;
  }

  // Past the end a film that plays elsewhere has nothing to be asked for any more.
  function stopAtEnd() {
    source.pause();
    clock.seek(settings.length + 1);
  }

  function show(time) {
    if (source.isRunning && isAtEnd()) return stopAtEnd();
    const isEnd = time >= settings.length;
    const isDone = isAsked || isEnd;
    if (isEnd && !hasEnded) showStatus("");
    if (isDone !== isOver || isEnd !== hasEnded) finish(isDone, isEnd);
    showControls(time);
    showHeadnotes(time);
    showCards(time);
  }

  // Newest first beside the film; in the order of the film when it is over.
  function arrange() {
    const ordered = [...cards].sort((a, b) => (a.comes - b.comes) * (isOver ? 1 : -1));
    list.append(...ordered.map((card) => card.element));
  }

  function finish(isDone, isEnd) {
    isOver = isDone;
    hasEnded = isEnd;
    find("early").hidden = isEnd;
    find("finish").setAttribute("aria-checked", String(isAsked));
    find("after").hidden = !isOver;
    const wanted = cards.filter((card) => card.isWanted);
    const never = wanted.filter((card) => card.start === Infinity);
    const counts = { all: wanted.length, never: never.length };
    find("over").textContent = isEnd ? fill(words.over, counts) : "";
    find("sum").textContent = fill(words.sum, counts);
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
      if (isAtEnd() && !source.isRunning) return acts.again();
      if (recalled) closeRecalled();
      if (source.isRunning) source.pause();
      else source.play();
      hasStarted = true;
      keepPlace();
    },
    skip(milliseconds) {
      jump(() => source.seek(source.place + milliseconds));
      keepPlace();
    },
    shift(milliseconds) {
      clock.offset += milliseconds;
      refresh();
      keepPlace();
    },
    recall,
    catchUp,
    step,
    // What is still to come shows for who asks twice, and can be hidden again.
    finish() {
      find("sure").hidden = isAsked;
      if (!isAsked) return find("reveal").focus();
      isAsked = false;
      clock.update();
    },
    reveal() {
      isAsked = true;
      acts.spare();
    },
    spare() {
      find("sure").hidden = true;
      clock.update();
      find("finish").focus();
    },
    back,
    search() {
      find("said").closest("details").open = true;
      find("said").focus();
    },
    again() {
      source.pause();
      closeRecalled();
      jump(() => {
        clock.offset = 0;
        source.seek(0);
      });
      hasStarted = false;
      isAsked = false;
      refresh();
      keepPlace();
    },
  };

  // The newest note, opened, the others of its passage closed below it, with the film at rest.
  // Pressed again, the film goes on where it was.
  let recalled = null; // the cards, newest first, and whether the film ran
  let halt = null; // when the clock was stopped that the film elsewhere does not know of

  function recall() {
    if (recalled) {
      const { wasRunning } = recalled;
      closeRecalled();
      if (wasRunning && !source.isRunning) source.play();
      return;
    }
    const wasRunning = source.isRunning;
    source.pause();
    const found = findPassage(clock.time);
    if (!found.length) showStatus(words.nothing_yet);
    halt = wasRunning && !video ? Date.now() : null;
    recalled = { cards: found, wasRunning };
    clock.update();
    if (found.length) openRecalled(found);
  }

  // Only what came up before this moment, also where all notes are shown.
  function findPassage(time) {
    const known = cards.filter((card) => card.isShown && card.comes <= time);
    known.sort((a, b) => b.comes - a.comes);
    const isHere = ({ passage }) => passage && passage.start_ms <= time && time < passage.end_ms;
    const found = known.filter((card) => card.places.some((place) => isHere(data.annotations[place])));
    return found.length ? found : known.filter((card) => card.comes === known[0].comes);
  }

  function openRecalled([newest, ...others]) {
    clearSearch();
    newest.element.querySelectorAll("details").forEach((details) => (details.open = true));
    for (const card of others) {
      card.element.querySelectorAll(".proof").forEach((details) => (details.open = false));
      card.element.classList.add("other");
    }
    find("others").hidden = others.length === 0;
    newest.element.after(find("others"), ...others.map((card) => card.element));
    focusCard(newest);
  }

  function closeRecalled() {
    if (!recalled) return;
    for (const card of recalled.cards) {
      card.element.querySelectorAll("details.proof").forEach((details) => (details.open = false));
      card.element.classList.remove("other");
    }
    recalled = halt = null;
    find("others").hidden = true;
    arrange();
    find("play").focus({ preventScroll: true });
    scrollTo(0, 0);
    clock.update();
  }

  // The film elsewhere went on while its notes were read: so did the clock, it turns out.
  function catchUp() {
    source.seek(source.place + (Date.now() - halt) * source.speed);
    halt = null;
    source.play();
    keepPlace();
  }

  // ------------------------------------------------------------------ back from a jump

  const BURST_MS = 5_000; // presses in a row are one jump
  let jumped = null;

  function jump(move) {
    const isBurst = jumped && Date.now() - jumped.wall < BURST_MS;
    const { place } = source;
    jumped = isBurst ? jumped : { place, offset: clock.offset, moved: 0 };
    jumped.wall = Date.now();
    move();
    jumped.moved += source.place - place;
    clock.update();
  }

  // A film that plays here is where it was left; one elsewhere has gone on meanwhile.
  const findBack = () => (video && jumped.moved ? jumped.place : source.place - jumped.moved);

  function showJump() {
    find("back").hidden = !jumped;
    if (!jumped) return;
    const time = writeClock(findBack() * clock.rate + jumped.offset);
    find("back").textContent = fill(words.back, { time });
  }

  function back() {
    const place = findBack();
    clock.offset = jumped.offset;
    jumped = null;
    source.seek(place);
    refresh();
    keepPlace();
  }

  function focusCard(card) {
    const head = document.querySelector(".console").getBoundingClientRect().height;
    card.element.style.scrollMarginTop = `${head + 8}px`; // the clock stays in sight
    card.element.focus({ preventScroll: true });
    card.element.scrollIntoView({ block: "start" }); // a long note is read from its top
  }

  // A film that plays here goes to the note; beside another one, the reader does.
  function step(direction) {
    if (!(video ? stepFilm : stepReader)(direction)) showStatus(nameLimit(direction));
  }

  function stepFilm(direction) {
    const starts = windows.map(([, start]) => start);
    const time = clock.time;
    const next = starts.find((start) => start > time + 50);
    const back = [...starts].reverse().find((start) => start < time - 1500);
    const target = direction > 0 ? next : back;
    if (target !== undefined) jump(() => clock.seek(target));
    return target !== undefined;
  }

  function stepReader(direction) {
    const shown = cards.filter((card) => !card.element.hidden).sort((a, b) => a.comes - b.comes);
    const target = shown[findReader(shown, direction) + direction];
    if (target) focusCard(target);
    reading = target ?? reading;
    return Boolean(target);
  }

  // At the note in focus, or at the one stepped to last: a button pressed takes the focus. Else at
  // what stands in the box, which need not be gone to; where nothing does, between two notes.
  function findReader(shown, direction) {
    const focused = document.activeElement.closest("article");
    const at = shown.findIndex((card) => card.element === (focused ?? reading?.element));
    if (at >= 0) return at;
    const isBoxed = (card) => card.places.some((place) => inBox.has(place));
    const boxed = [...shown.keys()].filter((position) => isBoxed(shown[position]));
    if (boxed.length) return boxed[direction < 0 ? 0 : boxed.length - 1];
    const past = shown.filter((card) => card.comes <= clock.time).length;
    return direction < 0 ? past : past - 1;
  }

  // Whether there is a later note is not given away before the film is over.
  function nameLimit(direction) {
    if (!video && !cards.some((card) => card.isShown)) return words.nothing_yet;
    if (direction < 0) return words.no_earlier;
    return video || isOver ? words.no_later : words.no_newer;
  }

  // ------------------------------------------------------------------ "it just said"

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const spoken = settings.cues.map(([start, end, text]) => ({ start, end, text, folded: fold(text) }));
  const MOST_FOUND = 8;
  let heard = null; // when the viewer began to write: the line was over then

  function searchLine() {
    const asked = fold(find("said").value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = asked.length ? spoken.filter((cue) => asked.every((word) => cue.folded.includes(word))) : [];
    heard = found.length ? (heard ?? { wall: Date.now(), time: clock.time }) : null;
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
    const move = () => {
      if (video) clock.offset += cue.end + passed - clock.time;
      else clock.seek(cue.end + passed);
    };
    if (isFirst) move();
    else jump(move);
    if (isFirst && !isAtEnd()) acts.play();
    find("said").value = "";
    searchLine();
    refresh();
    keepPlace();
    const added = { time: writeClock(clock.time), seconds: Math.round(passed / 1000) };
    if (!hasEnded) showStatus(fill(words.synchronised, added));
    find("play").focus();
  }

  // ------------------------------------------------------------------ search among what came up

  const listSought = () => fold(find("search").value).split(/\s+/).filter(Boolean);

  function isSought(card) {
    const sought = listSought();
    if (!sought.length) return true;
    card.folded ??= fold(card.element.textContent);
    return sought.every((word) => card.folded.includes(word));
  }

  function searchCards() {
    const isSearch = listSought().length > 0;
    for (const card of cards) {
      card.isFound = isSought(card);
      const proof = card.element.querySelector(".proof");
      proof.open = isSearch && card.isShown && card.isFound;
    }
    showFound();
  }

  function countFound(shown) {
    const count = shown.filter((card) => card.isFound).length;
    const counts = { shown: count, all: shown.length };
    find("hits").textContent = listSought().length ? fill(words.some, counts) : "";
  }

  function clearSearch() {
    if (!find("search").value) return;
    find("search").value = "";
    searchCards();
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
    " ": ["play"],
    k: ["play"],
    ArrowLeft: ["skip", -10_000],
    ArrowRight: ["skip", 10_000],
    ",": ["shift", -500],
    ".": ["shift", 500],
    w: ["recall"],
    p: ["step", -1],
    n: ["step", 1],
    "/": ["search"],
  };

  function act(name, by) {
    showStatus("");
    if (name !== "step") reading = null;
    acts[name](by);
  }

  function press(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.closest("input:not([type=checkbox]), select")) return;
    if (key === " " && target.closest("button, summary, a, input, video")) return;
    if (key.startsWith("Arrow") && target.closest("video")) return;
    if (!form.elements.keys.checked || !keys[key]) return;
    event.preventDefault();
    act(...keys[key]);
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
    finish(isOver, hasEnded);
    refresh();
    showFound();
    keepLight();
  }

  // A link to what is folded away opens it, and one to a note that is not found ends the search.
  function openTarget(event) {
    const link = event.target.closest("a[href^='#']");
    const target = link && find(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    if (target.hidden) clearSearch();
    const details = target.closest("details");
    if (details) details.open = true;
  }

  function begin() {
    for (const button of document.querySelectorAll("button[data-act]")) {
      const { act: name, by } = button.dataset;
      button.addEventListener("click", () => act(name, Number(by)));
    }
    for (const element of document.querySelectorAll(".live")) element.hidden = false;
    for (const card of cards) card.element.hidden = true;
    find("said").addEventListener("input", searchLine);
    find("said-form").addEventListener("submit", (event) => {
      event.preventDefault();
      find("found").querySelector("button")?.click();
    });
    find("search").addEventListener("input", searchCards);
    find("search-form").addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("click", openTarget);
    form.addEventListener("change", () => (applyChoices(), keepChoices(), keepPlace()));
    document.addEventListener("keydown", press);
    document.addEventListener("visibilitychange", () => (clock.update(), keepLight(), keepPlace()));
    // a film has controls of its own, which know more speeds than the list
    video?.addEventListener("ratechange", () => (form.elements.speed.value = String(source.speed)));
    video?.addEventListener("error", () => showStatus((lasting = words.no_video)));
    restoreChoices();
    restorePlace();
    applyChoices();
  }

  begin();
})();
