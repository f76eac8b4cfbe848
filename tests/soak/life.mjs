// An issuer's life: it rotates, replaces and withdraws keys while it is well, and then fails in some way.
import { ANSWERS } from "../faults/answers.mjs";
import { Pool } from "./pool.mjs";
import { FAULT_MS, KINDS, OVERLAP_MS, QUIET_MS, REPLACED_MS, WITHDRAWN_MS } from "./settings.mjs";

const NOT_LISTENING = "nobody listens";
/** A withdrawal of all keys is the issuer's word, and no fault: good tokens are then rightly refused. */
export const FAULTS = [...Object.keys(ANSWERS).filter((name) => name !== "empty key set"), NOT_LISTENING];

export const CHANGES = ["keys replaced", "keys rotated and withdrawn"];

const seconds = () => Math.floor(Date.now() / 1000);

/** A key, and from when to when tokens by it must be accepted. */
export class Key {
  /** When its tokens must be accepted from, and when it began to be withdrawn or replaced: milliseconds. */
  settledAt = Infinity;
  endedAt = Infinity;
  used = 0;

  constructor(issuer, kid, pair) {
    Object.assign(this, { kid, pair });
    this.tokens = new Pool((count) => issuer.mint({ kid, pair, count, now: seconds() }));
  }

  /** What must become of a token that was presented at one time and judged by another. */
  expectation(start, end) {
    if (start >= this.settledAt && end < this.endedAt) {
      return "accepted";
    }
    return start >= this.endedAt + WITHDRAWN_MS ? "refused" : "either";
  }
}

export class Life {
  /** The keys that tokens are signed by now, by kind; and those that were the last to end. */
  current = new Map();
  ended = new Map();
  fault = null;
  #random;
  #deck;
  #counts;
  #numbers = new Map(KINDS.map((kind) => [kind, 0]));
  #pairs = 0;
  #inFlight;
  #replacesFirst;

  /** `deck` holds the faults that issuers share; `inFlight(issuer)` is how many fetches are under way for it. */
  constructor(issuer, { isPinned, replacesFirst, random, deck, counts, inFlight }) {
    Object.assign(this, { issuer, isPinned });
    this.#random = random;
    this.#deck = deck;
    this.#counts = counts;
    this.#inFlight = inFlight;
    this.#replacesFirst = replacesFirst;
  }

  async begin() {
    for (const kind of KINDS) {
      this.current.set(kind, this.#key(kind));
    }
    await this.#publish();
    await this.issuer.pair("EC384_0", "unpublished");
    const now = Date.now();
    this.current.forEach((key) => (key.settledAt = now));
  }

  /** Lives until told to stop. Half of all issuers begin with a fault, the others with a change of keys. */
  async live(stop, beginsWithFault) {
    if (!beginsWithFault) {
      await this.#changeKeys(stop);
    }
    while (!stop.aborted) {
      await this.#fail(stop);
      await pause(QUIET_MS, stop);
      await this.#changeKeys(stop);
    }
    await this.#recover();
  }

  /** The id of a key that is not next in line, but the one after. */
  guess(kind) {
    return `${kind}_${this.#numbers.get(kind) + 2}`;
  }

  async #changeKeys(stop) {
    if (stop.aborted) {
      return;
    }
    const kind = this.#random.of(KINDS);
    // The first change of every other issuer is certain, so that both kinds occur however short a run is.
    const isReplaced = this.#replacesFirst ?? this.#random.next() < 0.4;
    this.#replacesFirst = undefined;
    await (isReplaced ? this.#replace(kind) : this.#rotate(kind, stop));
    this.#count(CHANGES[isReplaced ? 0 : 1]);
    // Whatever comes next, the change is known by then.
    await pause(WITHDRAWN_MS, stop);
  }

  async #rotate(kind, stop) {
    const old = this.current.get(kind);
    this.#numbers.set(kind, this.#numbers.get(kind) + 1);
    const young = this.#key(kind);
    await this.#publish([young]);
    // An answer that was on its way before cannot hold the new key. From then on its first token must pass.
    while (this.#inFlight(this.issuer.issuer) > 0 && !stop.aborted) {
      await pause(1);
    }
    young.settledAt = Date.now();
    this.current.set(kind, young);
    await pause(OVERLAP_MS, stop);
    this.#end(kind, old);
    await this.#publish();
  }

  async #replace(kind) {
    const old = this.current.get(kind);
    const young = this.#key(kind);
    await this.issuer.pair(young.kid, young.pair);
    this.#end(kind, old);
    this.current.set(kind, young);
    await this.#publish();
    young.settledAt = Date.now() + REPLACED_MS;
  }

  async #fail(stop) {
    if (stop.aborted) {
      return;
    }
    const fault = this.#deck.draw();
    this.fault = fault;
    this.#count(fault);
    await (fault === NOT_LISTENING ? this.issuer.close() : this.issuer.fail(fault));
    await pause(this.#random.between(FAULT_MS), stop);
    await this.#recover();
  }

  async #recover() {
    const { fault } = this;
    if (fault !== null) {
      await (fault === NOT_LISTENING ? this.issuer.listen() : this.issuer.fail(null));
    }
    this.fault = null;
  }

  #key(kind) {
    this.#pairs += 1;
    return new Key(this.issuer, `${kind}_${this.#numbers.get(kind)}`, `pair-${this.#pairs}`);
  }

  #end(kind, key) {
    const before = this.ended.get(kind);
    key.endedAt = Date.now();
    this.ended.set(kind, key);
    if (before !== undefined) {
      before.isForgotten = true;
    }
  }

  #publish(others = []) {
    const keys = [...this.current.values(), ...others];
    return this.issuer.publish(keys.map(({ kid, pair }) => ({ kid, pair })));
  }

  #count(what) {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}

/** Waits, or until told to stop. */
function pause(milliseconds, stop) {
  if (stop?.aborted) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    stop?.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      stop?.removeEventListener("abort", done);
      resolve();
    }
  });
}
