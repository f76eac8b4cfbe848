import { readFileSync } from "node:fs";
import { join } from "node:path";

import { compiled } from "../compiling.js";
import { missing } from "./missing.js";

/** As ./module-file.ts, for CommonJS. */
export function loadModule(): WebAssembly.Module {
  return compiled(read());
}

function read(): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(join(__dirname, "../testing.wasm"));
  } catch (error) {
    throw missing(error);
  }
}
