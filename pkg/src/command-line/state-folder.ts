/** A folder that keeps an issuer's state, as the native program has it: both can take turns on it. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** It holds private keys. */
const OWNER_ONLY = 0o600;

export class StateFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes the folder when it is missing. */
  make(): void {
    mkdirSync(this.#path, { recursive: true });
  }

  /** The state that was saved, if any was. */
  load(): string | undefined {
    try {
      return readFileSync(join(this.#path, "state.json"), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
  }

  /** Replaces it: a reader, or a crash, sees the old state or the new one, whole. */
  save(state: string): void {
    const fresh = join(this.#path, "state.json.new");
    rmSync(fresh, { force: true });
    const descriptor = openSync(fresh, "wx", OWNER_ONLY);
    try {
      writeFileSync(descriptor, state);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, join(this.#path, "state.json"));
  }
}
