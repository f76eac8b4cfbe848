import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ModuleError } from "./errors.js";

/** As ./module-file.ts, for CommonJS. */
export function moduleBytes(): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(join(__dirname, "../core.wasm"));
  } catch (error) {
    throw new ModuleError(error);
  }
}
