/** Tokens that are minted ahead, in the issuers' process, and taken one by one. */
export class Pool {
  #mint;
  #size;
  #tokens = [];
  #refill;

  /** `mint(count)` promises that many tokens. */
  constructor(mint, size = 24) {
    this.#mint = mint;
    this.#size = size;
  }

  async take() {
    if (this.#tokens.length <= this.#size / 3) {
      this.#refill ??= this.#fill();
    }
    while (this.#tokens.length === 0) {
      await (this.#refill ??= this.#fill());
    }
    return this.#tokens.shift();
  }

  async #fill() {
    const count = this.#size - this.#tokens.length;
    this.#tokens.push(...(await this.#mint(count)));
    this.#refill = undefined;
  }
}
