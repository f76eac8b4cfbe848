/** Counting what a verifier does: an event listener of its own. */
import type { VerifierEvent } from "./events.js";
import type { Code } from "./generated/codes.js";

/** What a verifier has done since it was made. Counts only grow. */
export interface Metrics {
  /** Tokens that were accepted. */
  readonly verified: number;
  /** Tokens that were refused, by code; codes that never occurred are absent. */
  readonly refused: Readonly<Partial<Record<Code, number>>>;
  /** Accepted tokens whose key was at hand, without any wait. */
  readonly hits: number;
  /** With `tokenCache`: tokens that did not have to be verified again, and all others. */
  readonly cachedTokens: TokenCounts;
  /** Verdicts by keys past their lifetime, whose issuer cannot be reached. */
  readonly staleServes: number;
  /** Documents that were fetched, or could not be. */
  readonly fetches: number;
  /** Fetches that brought nothing usable. */
  readonly failedFetches: number;
  /** WebAssembly instances that were given up. */
  readonly traps: number;
  /** How long verdicts took, waiting for keys included. */
  readonly verification: Histogram;
  /** How long fetches took. */
  readonly fetch: Histogram;
}

/** What keeping tokens has been good for. */
export interface TokenCounts {
  /** Tokens that did not have to be verified again. */
  readonly hits: number;
  /** Tokens that had to be verified. */
  readonly misses: number;
}

/** A distribution of durations, in the form of an OpenTelemetry or Prometheus histogram. */
export interface Histogram {
  /** The upper bounds of the buckets, in milliseconds. There is one bucket more, for all above. */
  readonly boundsMs: readonly number[];
  /** How many durations fell into each bucket. */
  readonly counts: readonly number[];
  /** How many there were. */
  readonly count: number;
  /** All of them added up, in milliseconds. */
  readonly sumMs: number;
}

const BOUNDS_MS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] as const;

export class Meter {
  #verified = 0;
  #hits = 0;
  #staleServes = 0;
  #fetches = 0;
  #failedFetches = 0;
  #traps = 0;
  readonly #refused = new Map<Code, number>();
  readonly #verification = new Distribution();
  readonly #fetch = new Distribution();

  count(event: VerifierEvent): void {
    switch (event.type) {
      case "verified":
        this.#verified += 1;
        this.#hits += event.waits === 0 ? 1 : 0;
        this.#verdict(event);
        break;
      case "refused":
        this.#refused.set(event.code, (this.#refused.get(event.code) ?? 0) + 1);
        this.#verdict(event);
        break;
      case "fetch":
        this.#fetches += 1;
        this.#fetch.add(event.durationMs);
        break;
      case "keys":
        this.#failedFetches += event.kind === "failed" ? 1 : 0;
        break;
      case "internal":
        this.#traps += 1;
        break;
      case "replay":
      case "store":
    }
  }

  read(cachedTokens: TokenCounts): Metrics {
    return {
      verified: this.#verified,
      refused: Object.fromEntries(this.#refused),
      hits: this.#hits,
      cachedTokens,
      staleServes: this.#staleServes,
      fetches: this.#fetches,
      failedFetches: this.#failedFetches,
      traps: this.#traps,
      verification: this.#verification.read(),
      fetch: this.#fetch.read(),
    };
  }

  #verdict({ stale, durationMs }: { stale: boolean; durationMs: number }): void {
    this.#staleServes += stale ? 1 : 0;
    this.#verification.add(durationMs);
  }
}

class Distribution {
  readonly #counts: number[] = new Array<number>(BOUNDS_MS.length + 1).fill(0);
  #count = 0;
  #sumMs = 0;

  add(durationMs: number): void {
    let bucket = 0;
    for (const bound of BOUNDS_MS) {
      if (durationMs <= bound) {
        break;
      }
      bucket += 1;
    }
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sumMs += durationMs;
  }

  read(): Histogram {
    return { boundsMs: BOUNDS_MS, counts: [...this.#counts], count: this.#count, sumMs: this.#sumMs };
  }
}
