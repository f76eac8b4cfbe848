/** Cloudflare Workers. */
import * as workers from "cloudflare:workers";

export { hasNodeCrypto, milliseconds, nodeCrypto, sharesPromises } from "./web.js";

/** Has work go on after the request that began it is answered. */
export function outlive(work: Promise<unknown>): void {
  try {
    // Not there before 2025.
    workers.waitUntil?.(work);
  } catch {
    // Outside of a request there is nothing to outlive.
  }
}
