/** What is Node's own here; everything else runs on any JavaScript host. */
export { hasNodeCrypto, nodeCrypto, outlive, sharesPromises } from "./any-host.js";

/** A clock for durations, in milliseconds. `performance` would be loaded first, for half a millisecond. */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
