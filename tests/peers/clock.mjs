/**
 * A clock that can be put forward. Imported before anything that reads the time: caches read it through
 * `Date`, `performance` or timers, and some keep a reference to what they found at first.
 */
const RealDate = Date;
const realNow = performance.now.bind(performance);
let ahead = 0;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + ahead] : parts));
  }

  static now() {
    return RealDate.now() + ahead;
  }
};
performance.now = () => realNow() + ahead;

// Timers go by the same clock: some caches and cool-downs are timers.
const timers = new Set();
const realSetTimeout = setTimeout;

globalThis.setTimeout = (callback, delay = 0, ...parts) => {
  const timer = { due: Date.now() + delay };
  timer.run = () => {
    timers.delete(timer);
    clearTimeout(timer.handle);
    callback(...parts);
  };
  timer.handle = realSetTimeout(timer.run, delay);
  timers.add(timer);
  return timer.handle;
};
const realClearTimeout = clearTimeout;
globalThis.clearTimeout = (handle) => {
  for (const timer of timers) {
    if (timer.handle === handle) {
      timers.delete(timer);
    }
  }
  realClearTimeout(handle);
};

export function putForward(seconds) {
  ahead += seconds * 1000;
  for (const timer of [...timers].filter(({ due }) => due <= Date.now())) {
    timer.run();
  }
}

export function now() {
  return Math.floor(Date.now() / 1000);
}
