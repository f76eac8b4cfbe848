// Numbers that are the same for the same seed (mulberry32), as far as the order of events is.
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, exclusively. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below `end`. */
  below(end) {
    return Math.floor(this.next() * end);
  }

  between({ least, most }) {
    return least + this.below(most - least + 1);
  }

  of(list) {
    return list[this.below(list.length)];
  }
}

/** Cards that are drawn in an order of chance: each of them, before any comes again. */
export class Deck {
  #cards;
  #random;
  #left = [];

  constructor(cards, random) {
    this.#cards = cards;
    this.#random = random;
  }

  draw() {
    if (this.#left.length === 0) {
      this.#left = [...this.#cards];
    }
    const [card] = this.#left.splice(this.#random.below(this.#left.length), 1);
    return card;
  }
}
