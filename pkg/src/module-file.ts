import { readFileSync } from "node:fs";

import { compiled } from "./compiling.js";
import { ModuleError } from "./errors.js";

/** The WebAssembly module, out of the file that lies in the package. */
export function loadModule(): WebAssembly.Module {
  return compiled(read());
}

function read(): Uint8Array<ArrayBuffer> {
  try {
    // Spelled so that tools that trace a service's files find it.
    return readFileSync(new URL("../core.wasm", import.meta.url));
  } catch (error) {
    throw new ModuleError("module.missing", error);
  }
}
