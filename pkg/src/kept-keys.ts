/** Each issuer's keys as text, so that a WebAssembly instance that had to be given up takes none along. */
export class KeptKeys {
  readonly #snapshots = new Map<string, string>();
  #limit = MIN_LIMIT;

  /** Takes note of an issuer's keys as they are now; `of` reads them, if there are any. */
  update(issuer: string, of: (issuer: string) => string | undefined): void {
    const snapshot = of(issuer);
    if (snapshot !== undefined) {
      this.#snapshots.set(issuer, snapshot);
    }
    if (this.#snapshots.size > this.#limit) {
      this.#forgetWhatIsGone(of);
    }
  }

  entries(): Iterable<[issuer: string, snapshot: string]> {
    return this.#snapshots.entries();
  }

  forget(issuer: string): void {
    this.#snapshots.delete(issuer);
  }

  /** The core forgets issuers to make room for others: what it has no more is of no use here either. */
  #forgetWhatIsGone(of: (issuer: string) => string | undefined): void {
    for (const issuer of this.#snapshots.keys()) {
      if (of(issuer) === undefined) {
        this.#snapshots.delete(issuer);
      }
    }
    this.#limit = Math.max(MIN_LIMIT, this.#snapshots.size * 2);
  }
}

const MIN_LIMIT = 64;
