/** The time of a test issuer: the system's, or whatever a test makes of it. */
import { OptionsError } from "../errors.js";

/** Seconds since the epoch, and what a test can do to them. */
export interface TestClock {
  /** The time in seconds since the epoch, with fractions. Fits the option `now` of `createVerifier`. */
  readonly now: () => number;
  /** Lets so many seconds pass at once; a negative number goes back. */
  advance(seconds: number): void;
  /** Goes to this time, in seconds since the epoch. A clock that runs goes on from there. */
  setTime(seconds: number): void;
}

/** A clock that stands still at a number, and otherwise runs: with the function, or with the system. */
export class Clock implements TestClock {
  readonly #base: () => number;
  #ahead = 0;
  /** Bound, so that it can be handed on. */
  readonly now = (): number => this.#base() + this.#ahead;

  constructor(now: number | (() => number) | undefined) {
    if (typeof now === "number") {
      const start = checked("now", now);
      this.#base = () => start;
    } else if (typeof now === "function") {
      this.#base = () => checked("now", now());
    } else if (now === undefined) {
      // Looked up at each call: a test may replace it.
      this.#base = () => Date.now() / 1000;
    } else {
      throw new OptionsError("options.type", "now", "`now` must be seconds since the epoch, or a function that returns them.");
    }
  }

  advance(seconds: number): void {
    if (typeof seconds !== "number" || !Number.isFinite(seconds)) {
      throw new OptionsError("options.type", "seconds", "`advance` takes a number of seconds.");
    }
    const ahead = this.#ahead + seconds;
    checked("seconds", this.#base() + ahead);
    this.#ahead = ahead;
  }

  setTime(seconds: number): void {
    this.#ahead = checked("seconds", seconds) - this.#base();
  }

  /** As it was made. */
  reset(): void {
    this.#ahead = 0;
  }
}

function checked(option: string, seconds: number): number {
  if (typeof seconds !== "number" || !(seconds >= 0 && seconds < MILLISECONDS_FROM)) {
    throw new OptionsError(
      option === "now" ? "options.now" : "options.type",
      option,
      `\`${option}\` must be seconds since the epoch, not ${String(seconds)}.`,
    );
  }
  return seconds;
}

/** As seconds this is the year 5138; as milliseconds it was in 1973. */
const MILLISECONDS_FROM = 100_000_000_000;
