/** What is Node's own here; everything else runs on any JavaScript host. */
import { Buffer } from "node:buffer";

import base64 from "countersign-bindings/wasm";

/** Compiles the module. Asked at the first use, not at import: who never verifies pays nothing. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(Buffer.from(base64, "base64"));
}

/** Whether there is synchronous cryptography: that of Node, which Deno and Bun have too. */
export function hasNodeCrypto(): boolean {
  return typeof process.getBuiltinModule === "function";
}

/** It is loaded when the first key is verified by it: that takes milliseconds, which others need not pay for. */
export function nodeCrypto(): typeof import("node:crypto") {
  return (crypto ??= process.getBuiltinModule("node:crypto"));
}

let crypto: typeof import("node:crypto") | undefined;
