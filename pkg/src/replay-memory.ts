/** Remembering used tokens in this process. */
import { OptionsError } from "./errors.js";
import { isPlain, refuseOthers } from "./plain.js";
import type { ReplayAnswer, ReplayStore } from "./replay.js";

export interface MemoryReplayOptions {
  /** How many living tokens can be remembered: 100,000 unless given, at about 200 bytes each. */
  readonly maxEntries?: number | undefined;
}

/**
 * Remembers used tokens in this process: for a service that is one process, or that sends a caller always
 * to the same one.
 *
 * It is bounded. Tokens that have expired make room, living ones never do: when it is full of these, further
 * tokens are refused with `replay.full` until one of them expires. When the clock goes back, tokens that may
 * have been forgotten count as used.
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function memoryReplay(options: MemoryReplayOptions = {}): ReplayStore {
  if (!isPlain(options)) {
    throw new OptionsError("options.type", "memoryReplay", "`memoryReplay` takes a plain object.");
  }
  const { maxEntries = 100_000, ...others }: MemoryReplayOptions = options;
  refuseOthers("memoryReplay", others);
  if (!Number.isSafeInteger(maxEntries) || maxEntries < 1 || maxEntries > MOST_ENTRIES) {
    const message = `\`maxEntries\` must be a whole number from 1 to ${MOST_ENTRIES}.`;
    throw new OptionsError("options.type", "maxEntries", message);
  }
  return new ReplayMemory(maxEntries);
}

/** A `Map` holds 2²⁴. */
const MOST_ENTRIES = 10_000_000;

/** The core's `ReplayMemory`, on this side, so that it survives a WebAssembly instance. */
class ReplayMemory implements ReplayStore {
  readonly synchronous = true;
  readonly #maxEntries: number;
  readonly #until = new Map<string, number>();
  readonly #order = new Expiries();
  /** Up to which expiry tokens were forgotten. */
  #forgotten = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  once(key: string, expiresAt: number, now: number): ReplayAnswer {
    this.#forgetExpired(now);
    const answer = this.peek(key, expiresAt, now);
    if (answer === "first") {
      this.#until.set(key, expiresAt);
      this.#order.add(expiresAt, key);
    }
    return answer;
  }

  peek(key: string, expiresAt: number, now: number): ReplayAnswer {
    const mayBeForgotten = !(expiresAt > this.#forgotten && expiresAt > now);
    if (mayBeForgotten || (this.#until.get(key) ?? 0) > now) {
      return "seen";
    }
    return this.#until.size < this.#maxEntries || this.#order.earliest <= now ? "first" : "full";
  }

  #forgetExpired(now: number): void {
    while (this.#order.earliest <= now) {
      const [expiresAt, key] = this.#order.takeEarliest();
      this.#until.delete(key);
      this.#forgotten = Math.max(this.#forgotten, expiresAt);
    }
  }
}

type Expiry = readonly [expiresAt: number, key: string];

/** A binary heap: the earliest expiry is the first. */
class Expiries {
  readonly #heap: Expiry[] = [];

  /** When the earliest is due; never, if there is none. */
  get earliest(): number {
    return this.#at(0);
  }

  add(expiresAt: number, key: string): void {
    let place = this.#heap.push([expiresAt, key]) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.#at(above) <= expiresAt) {
        break;
      }
      this.#swap(place, above);
      place = above;
    }
  }

  takeEarliest(): Expiry {
    this.#swap(0, this.#heap.length - 1);
    const taken = this.#heap.pop();
    if (taken === undefined) {
      throw new RangeError("there is none");
    }
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const below = this.#at(right) < this.#at(left) ? right : left;
      if (this.#at(below) >= this.#at(place)) {
        return taken;
      }
      this.#swap(place, below);
      place = below;
    }
  }

  #at(place: number): number {
    return this.#heap[place]?.[0] ?? Infinity;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a !== undefined && b !== undefined) {
      this.#heap[one] = b;
      this.#heap[other] = a;
    }
  }
}
