// One clock for everyone in a process: Date, the timers and the monotonic clock, by which some caches
// count. No contender is configured for it, and ours is told the same.
import { mock } from "node:test";

/** From now on time passes only when it is told to. Before a contender is loaded, which may look at a clock. */
export function stopTime() {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: START });
  performance.now = () => 1 + Date.now() - START;
  // A deadline of real time would make a slow machine's results differ.
  AbortSignal.timeout = (milliseconds) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("timeout", "TimeoutError")), milliseconds);
    return controller.signal;
  };
}

const START = Date.UTC(2026, 0, 1);

/** Seconds since the epoch. */
export function now() {
  return Math.floor(Date.now() / 1000);
}

export function advance(seconds) {
  mock.timers.tick(seconds * 1000);
}
