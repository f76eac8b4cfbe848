/** Carries out what the core asks for: one fetch for an issuer at a time, and everyone waits for it. */
import { milliseconds, sharesPromises } from "countersign-host";

import type { Core } from "./core.js";
import { since } from "./events.js";
import { fetchDocument } from "./fetch.js";
import type { FetchOutcome, FetchRequest } from "./fetch.js";
import type { FetchEffect } from "./generated/types.js";
import type { Host } from "./options.js";
import type { SnapshotKeeper } from "./snapshot-keeper.js";

export class Fetching {
  readonly #core: Core;
  readonly #host: Host;
  readonly #keeper: SnapshotKeeper;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(core: Core, host: Host, keeper: SnapshotKeeper) {
    this.#core = core;
    this.#host = host;
    this.#keeper = keeper;
  }

  /** Fetches, and what follows from it. Rejects only when the core itself fails. */
  fetch(request: FetchRequest, background = false): Promise<void> {
    const { issuer } = request;
    const fetching = this.#fetchAll(request, background).finally(() => {
      if (this.#underWay.get(issuer) === fetching) {
        this.#underWay.delete(issuer);
      }
    });
    this.#underWay.set(issuer, fetching);
    // Whoever began it may be gone before it ends, and others wait for it. The core's own failure has been told as an
    // event; whoever needs the keys next meets it, or not.
    this.#host.outlive(fetching.catch(() => undefined));
    return fetching;
  }

  /** Fetches without anyone waiting for it. */
  refresh(request: FetchRequest): void {
    void this.fetch(request, true);
  }

  /** Waits for the fetch that is under way for an issuer, or until this time at the latest. */
  wait(issuer: string, until: number): Promise<void> {
    const fetching = this.#underWay.get(issuer);
    if (fetching === undefined) {
      return sleep(Math.max(0, until - this.#host.now()) * 1000);
    }
    return sharesPromises ? fetching : this.#watch(issuer, fetching, until);
  }

  /** Looks at a fetch of another request again and again: its promise is not for this one to wait for. */
  async #watch(issuer: string, fetching: Promise<void>, until: number): Promise<void> {
    while (this.#underWay.get(issuer) === fetching && this.#host.now() < until) {
      await sleep(WATCH_MS);
    }
  }

  async #fetchAll(first: FetchRequest, background: boolean): Promise<void> {
    const { generation } = this.#core;
    let request: FetchRequest | undefined = first;
    while (request !== undefined) {
      const start = milliseconds();
      const outcome = await fetchDocument(request, this.#host.fetch);
      this.#tellOfFetch(request, outcome, background, since(start));
      const { next, effect } = this.#core.supply(generation, request.id, outcome, this.#host.now());
      this.#tellOfKeys(effect);
      request = next;
    }
  }

  #tellOfFetch(request: FetchRequest, outcome: FetchOutcome, background: boolean, durationMs: number): void {
    const { issuer, url, purpose } = request;
    const end = outcome.kind === "response" ? { status: outcome.status } : { failure: outcome.reason };
    this.#host.tell({ type: "fetch", issuer, url, purpose, background, ...end, durationMs });
  }

  #tellOfKeys(effect: FetchEffect): void {
    if (effect.kind === "failed" || effect.kind === "loaded") {
      this.#host.tell({ type: "keys", ...effect });
    }
    if (effect.kind === "loaded") {
      this.#keeper.save();
    }
  }
}

const WATCH_MS = 10;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
