/** A host of which only the web's standards are taken: Workers, edge functions. */

/** A clock for durations, in milliseconds. */
export function milliseconds(): number {
  return performance.now();
}

/** Workers may have a `node:crypto` that lacks what is needed of it. */
export function hasNodeCrypto(): boolean {
  return false;
}

export function nodeCrypto(): typeof import("node:crypto") {
  throw new Error("asked for node:crypto where there is none");
}

/** A request that waits for what another one has begun may wait for ever: that one's work ends with it. */
export const sharesPromises = false;

/** Nothing by itself: a process goes on, and elsewhere the option `waitUntil` hands the work to the platform. */
export function outlive(_work: Promise<unknown>): void {}
