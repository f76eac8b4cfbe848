import { Buffer } from "node:buffer";

import base64 from "countersign-bindings/wasm";

/** The WebAssembly module, out of this text: nothing that a bundler does can lose it. */
export function moduleBytes(): Uint8Array<ArrayBuffer> {
  return Buffer.from(base64, "base64");
}
