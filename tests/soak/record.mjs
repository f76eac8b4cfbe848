// What became of every token, and whether it is what had to become of it.
import { OF_KEYS } from "./bad.mjs";

const SHOWN = 20;

export class Record {
  tokens = 0;
  goodAccepted = 0;
  badRefused = 0;
  /** Tokens by a key that was just being withdrawn or replaced: either verdict is right. */
  either = 0;
  oldRefused = 0;
  byCode = new Map();
  byClass = new Map();
  #broken = new Map();

  /** A good token: what was expected of it, and the code that refused it, if any. */
  good(expectation, code, context) {
    this.#count(code);
    if (expectation === "either") {
      this.either += 1;
    } else if (expectation === "accepted" && code === undefined) {
      this.goodAccepted += 1;
    } else if (expectation === "refused" && code !== undefined) {
      this.oldRefused += 1;
    }
    if (expectation === "accepted" && code !== undefined) {
      this.broken("every good token is accepted", `${code} ${context()}`);
    }
    if (expectation === "refused" && code === undefined) {
      this.broken("no token of a withdrawn key is accepted", context());
    }
    if (expectation !== "accepted" && code !== undefined && !OF_OLD_KEYS.includes(code)) {
      this.broken("every bad token is refused by its code", `${code} ${context()}`);
    }
  }

  /** A bad token of a class, which these codes may refuse. */
  bad(name, codes, code, context) {
    this.#count(code);
    this.byClass.set(name, (this.byClass.get(name) ?? 0) + 1);
    if (code !== undefined && (codes === undefined || codes.includes(code))) {
      this.badRefused += 1;
    } else {
      this.broken("every bad token is refused by its code", `${name}: ${code ?? "accepted"} ${context()}`);
    }
  }

  broken(verdict, what) {
    const all = this.#broken.get(verdict) ?? { times: 0, first: [] };
    all.times += 1;
    if (all.first.length < SHOWN) {
      all.first.push(what);
    }
    this.#broken.set(verdict, all);
  }

  get violations() {
    return Object.fromEntries(this.#broken);
  }

  #count(code) {
    this.tokens += 1;
    const key = code ?? "accepted";
    this.byCode.set(key, (this.byCode.get(key) ?? 0) + 1);
  }
}

/** How tokens of withdrawn and of replaced keys end. */
const OF_OLD_KEYS = [...OF_KEYS, "signature.invalid"];

export const VERDICTS = [
  "every good token is accepted",
  "every bad token is refused by its code",
  "no token of a withdrawn key is accepted",
  "memory is flat",
  "nothing is unhandled",
  "every fault and class occurred",
];
