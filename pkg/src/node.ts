/** What is Node's own here; everything else runs on any JavaScript host. */
import { Buffer } from "node:buffer";

import base64 from "countersign-bindings/wasm";

/** Compiles the module. Asked at the first use, not at import: who never verifies pays nothing. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(Buffer.from(base64, "base64"));
}

/**
 * Node's cryptography, as Deno and Bun have it too. It is looked up when it is needed: importing it would be
 * paid for at every start.
 */
export function nodeCrypto(): typeof import("node:crypto") | undefined {
  return (crypto ??= process.getBuiltinModule?.("node:crypto"));
}

let crypto: typeof import("node:crypto") | undefined;
