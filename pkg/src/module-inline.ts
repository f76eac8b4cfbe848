import base64 from "countersign-bindings/wasm";

import { decoded } from "./base64.js";
import { compiled } from "./compiling.js";

/** The WebAssembly module, out of this text: nothing that a bundler does can lose it. */
export function loadModule(): WebAssembly.Module {
  return compiled(decoded(base64));
}
