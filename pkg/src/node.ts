/** What is Node's own here; everything else runs on any JavaScript host. */
import { Buffer } from "node:buffer";

import base64 from "countersign-bindings/wasm";

/** Compiles the module. Asked at the first use, not at import: who never verifies pays nothing. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(Buffer.from(base64, "base64"));
}
