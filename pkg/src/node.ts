/** What is Node's own here; everything else runs on any JavaScript host. */

/** A clock for durations, in milliseconds. `performance` would be loaded first, for half a millisecond. */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
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

/** Whether one call may wait for another's promise. */
export const sharesPromises = true;

/** The process outlives every promise. */
export function outlive(_work: Promise<unknown>): void {}
