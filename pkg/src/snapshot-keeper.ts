/** Reads and writes the `store` option. */
import { milliseconds, sharesPromises } from "countersign-host";

import type { Core } from "./core.js";
import { since } from "./events.js";
import type { Restored } from "./generated/types.js";
import type { Host } from "./options.js";
import type { SnapshotStore } from "./store.js";

/** Loads once and saves what changes. Whatever the store does, verification goes on. */
export class SnapshotKeeper {
  readonly #core: Core;
  readonly #host: Host;
  #loading: Promise<void> | undefined;
  #isLoaded: boolean;
  #isSaving = false;
  #hasChanged = false;

  constructor(core: Core, host: Host) {
    this.#core = core;
    this.#host = host;
    this.#isLoaded = host.store === undefined;
  }

  /** Whether there is nothing to wait for. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Takes what was saved, the first time. Never rejects, and never takes longer than a fetch may. */
  load(): Promise<void> {
    return sharesPromises ? (this.#loading ??= this.#load()) : this.#load();
  }

  /** Saves what there is now, or once the save that is under way has ended. Never throws. */
  save(): void {
    this.#hasChanged = true;
    if (this.#host.store !== undefined && !this.#isSaving) {
      this.#host.outlive(this.#saveAll(this.#host.store));
    }
  }

  async #load(): Promise<void> {
    const { store, now, tell } = this.#host;
    if (store !== undefined) {
      const start = milliseconds();
      try {
        const text = await within(LOAD_TIMEOUT_MS, async () => store.load());
        const restored: Restored | undefined =
          text === undefined || text === null ? undefined : this.#core.restore(text, now());
        tell({
          type: "store",
          operation: "load",
          ...(restored === undefined ? {} : { restored }),
          durationMs: since(start),
        });
      } catch (error) {
        tell({ type: "store", operation: "load", error, durationMs: since(start) });
      }
    }
    this.#isLoaded = true;
  }

  async #saveAll(store: SnapshotStore): Promise<void> {
    const { tell } = this.#host;
    this.#isSaving = true;
    while (this.#hasChanged) {
      this.#hasChanged = false;
      const start = milliseconds();
      try {
        await within(SAVE_TIMEOUT_MS, async () => store.save(this.#core.snapshot()));
        tell({ type: "store", operation: "save", durationMs: since(start) });
      } catch (error) {
        tell({ type: "store", operation: "save", error, durationMs: since(start) });
      }
    }
    this.#isSaving = false;
  }
}

const LOAD_TIMEOUT_MS = 2000;
const SAVE_TIMEOUT_MS = 10_000;

async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the store did not answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
