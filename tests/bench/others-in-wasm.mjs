// Others' code in WebAssembly: tests/bench/wasm, with the bindings that xtask made of it.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export async function loadOthers() {
  const folder = process.env.COUNTERSIGN_BENCH_WASM;
  if (!folder) {
    throw new Error("COUNTERSIGN_BENCH_WASM is not set: run this by cargo xtask bench");
  }
  const bindings = await import(pathToFileURL(`${folder}/countersign_bench_wasm.js`));
  bindings.initSync({ module: readFileSync(`${folder}/countersign_bench_wasm_bg.wasm`) });
  return bindings;
}
