/** A host that nothing is known of: it may be an edge runtime. */
export { hasNodeCrypto, milliseconds, nodeCrypto, outlive } from "./any-host.js";
export { sharesPromises } from "./web.js";
