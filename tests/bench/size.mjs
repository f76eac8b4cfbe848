// The WebAssembly module of the packed package, as it is compiled when the first verifier is made.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import * as watch from "./wasm-watch.mjs";

/** In bytes. */
export async function measure() {
  // Making a verifier compiles the module.
  const { has } = await import("./ours.mjs");
  has({});
  const module = Buffer.from(watch.module());
  return {
    raw: module.length,
    gzip: gzipSync(module, { level: 9 }).length,
    brotli: brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}
