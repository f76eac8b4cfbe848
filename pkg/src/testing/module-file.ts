import { readFileSync } from "node:fs";

import { compiled } from "../compiling.js";
import { missing } from "./missing.js";

/** The issuer's WebAssembly module, out of the file that lies in the package. */
export function loadModule(): WebAssembly.Module {
  return compiled(read());
}

function read(): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(new URL("../testing.wasm", import.meta.url));
  } catch (error) {
    throw missing(error);
  }
}
