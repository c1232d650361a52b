// The clock of a film. A source says where the film is: one that plays elsewhere runs with a watch
// the viewer starts, one that plays here is asked. The clock turns film time into track time, and
// sleeps until the next mark or the next full second.

function makeStopwatch() {
  let place = 0;
  let since = null;
  let speed = 1;
  const source = {
    get speed() {
      return speed;
    },
    set speed(wanted) {
      place = source.place;
      if (since !== null) since = Date.now();
      speed = wanted;
    },
    get isRunning() {
      return since !== null;
    },
    // Wall time, so that a device that slept knows where the film is.
    get place() {
      return since === null ? place : place + (Date.now() - since) * speed;
    },
    play() {
      since ??= Date.now();
      source.changed();
    },
    pause() {
      place = source.place;
      since = null;
      source.changed();
    },
    seek(to) {
      place = Math.max(0, to);
      if (since !== null) since = Date.now();
      source.changed();
    },
    changed() {},
  };
  return source;
}

function makeFilm(video) {
  const source = {
    get speed() {
      return video.playbackRate;
    },
    set speed(wanted) {
      video.playbackRate = wanted;
    },
    get isRunning() {
      return !video.paused && !video.ended;
    },
    get place() {
      return video.currentTime * 1000;
    },
    play() {
      video.play().catch(() => {}); // a browser may insist on a press of its own button
    },
    pause() {
      video.pause();
    },
    seek(to) {
      video.currentTime = Math.max(0, to) / 1000;
    },
    changed() {},
  };
  for (const event of ["play", "playing", "pause", "ended", "seeked", "ratechange"]) {
    video.addEventListener(event, () => source.changed());
  }
  return source;
}

// `marks` gives the track times at which something changes, in rising order.
function makeClock(source, marks, show) {
  const LEAST_MS = 40; // also where a film stalls before a mark, nothing spins
  let timer = 0;
  const clock = {
    offset: 0,
    rate: 1,
    get time() {
      return source.place * clock.rate + clock.offset;
    },
    seek(time) {
      source.seek((time - clock.offset) / clock.rate);
    },
    update() {
      clearTimeout(timer);
      const time = clock.time;
      show(time);
      if (!source.isRunning) return;
      const second = (Math.floor(time / 1000) + 1) * 1000;
      const due = Math.min(second, marks().find((mark) => mark > time) ?? second);
      timer = setTimeout(clock.update, Math.max(LEAST_MS, (due - time) / clock.rate / source.speed));
    },
  };
  source.changed = clock.update;
  return clock;
}
