/** Cloudflare Workers. */
import * as workers from "cloudflare:workers";

export { hasNodeCrypto, milliseconds, nodeCrypto, sharesPromises } from "./web.js";

/** Has work go on after the request that began it is answered. Throws outside of a request. */
export function outlive(work: Promise<unknown>): void {
  // Not there before 2025.
  workers.waitUntil?.(work);
}
