/** Tokens that were accepted, with their identities. Whether one would be again is for the core to say. */
import type { Accepted } from "./core.js";
import type { Identity } from "./generated/types.js";
import type { TokenCounts } from "./metrics.js";

/** What the core knows a token by that is kept here. */
export interface Ticket {
  /** The place, which the core may give to another token. */
  readonly slot: number;
  /** Never given twice. */
  readonly serial: number;
}

interface Kept {
  readonly token: string;
  readonly tail: string;
  readonly ticket: Ticket;
  readonly identity: Identity;
}

export class TokenCache {
  readonly #byTail = new Map<string, Kept>();
  readonly #bySlot: (Kept | undefined)[] = [];
  #hits = 0;
  #misses = 0;

  /** The identity that this very text was accepted for, if that stands. */
  recall(token: string, stands: (ticket: Ticket) => boolean): Identity | undefined {
    const kept = this.#byTail.get(token.slice(-TAIL));
    if (kept !== undefined && kept.token === token && stands(kept.ticket)) {
      this.#hits += 1;
      return kept.identity;
    }
    this.#misses += 1;
    return undefined;
  }

  /**
   * Keeps a token that was just accepted, if the core knows it by a ticket, in the place of what it displaced.
   * Tells of the ticket that it was kept under before, which is of no use any more.
   */
  keep(token: string, accepted: Accepted): Ticket | undefined {
    const { identity, kept: ticket } = accepted;
    // Whether or not it is kept: who may change an identity must not depend on that.
    deepFreeze(identity);
    if (ticket === undefined) {
      return undefined;
    }
    this.#forget(this.#bySlot[ticket.slot]);
    // A text of its own: a part of a long one would hold on to all of it.
    const text = ` ${token}`.slice(1);
    const kept = { token: text, tail: text.slice(-TAIL), ticket, identity };
    const before = this.#byTail.get(kept.tail);
    this.#forget(before);
    this.#byTail.set(kept.tail, kept);
    this.#bySlot[ticket.slot] = kept;
    return before?.ticket;
  }

  /** Forgets all: the instance that knew the tickets is gone. */
  clear(): void {
    this.#byTail.clear();
    this.#bySlot.length = 0;
  }

  counts(): TokenCounts {
    return { hits: this.#hits, misses: this.#misses };
  }

  #forget(kept: Kept | undefined): void {
    if (kept !== undefined) {
      this.#byTail.delete(kept.tail);
      this.#bySlot[kept.ticket.slot] = undefined;
    }
  }
}

/**
 * How many characters at its end a token is looked for by: they are of its signature, so that no two that
 * were accepted have the same. Hashing the whole of a new text would cost more than all the rest. Whether it
 * is the token is decided by the whole text.
 */
const TAIL = 32;

function deepFreeze(value: unknown): void {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
}
