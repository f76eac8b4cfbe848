/** A host that is not known before: a browser, or Node, Deno or Bun with code that a bundler has put together. */

export { milliseconds, outlive } from "./web.js";

/** Whether there is synchronous cryptography: that of Node, which Deno and Bun have too. */
export function hasNodeCrypto(): boolean {
  return typeof builtins()?.getBuiltinModule === "function" && !isWorker();
}

/**
 * It is loaded when the first key is verified by it: that takes milliseconds, which others need not pay for. And it is
 * not imported: bundlers for browsers would look for it.
 */
export function nodeCrypto(): typeof import("node:crypto") {
  crypto ??= builtins()?.getBuiltinModule?.("node:crypto");
  if (crypto === undefined) {
    throw new Error("asked for node:crypto where there is none");
  }
  return crypto;
}

let crypto: typeof import("node:crypto") | undefined;

interface Builtins {
  getBuiltinModule?(name: "node:crypto"): typeof import("node:crypto") | undefined;
}

function builtins(): Builtins | undefined {
  return (globalThis as { process?: Builtins }).process;
}

/** Cloudflare's Workers can have a `process`, and then a `node:crypto` that lacks what is needed of it. */
function isWorker(): boolean {
  return (globalThis as { navigator?: { userAgent?: unknown } }).navigator?.userAgent === "Cloudflare-Workers";
}

/** Whether one call may wait for another's promise. */
export const sharesPromises = true;
