import base64 from "countersign-issuer-bindings/wasm";

import { decoded } from "../base64.js";
import { compiled } from "../compiling.js";

/** The issuer's WebAssembly module, out of this text. */
export function loadModule(): WebAssembly.Module {
  return compiled(decoded(base64));
}
