import { readFileSync } from "node:fs";
import { join } from "node:path";

import { compiled } from "./compiling.js";
import { ModuleError } from "./errors.js";

/** As ./module-file.ts, for CommonJS. */
export function loadModule(): WebAssembly.Module {
  return compiled(read());
}

function read(): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(join(__dirname, "../core.wasm"));
  } catch (error) {
    throw new ModuleError("module.missing", error);
  }
}
