/** What Cloudflare Workers keep things in: keys in KV, the Cache API or a Durable Object, used tokens in Durable Objects. */
export { KeptKeys, durableObjectStore } from "./cloudflare/kept-keys.js";
export type { KeptKeysNamespace, KeptKeysStorage } from "./cloudflare/kept-keys.js";
export { cacheStore, kvStore } from "./cloudflare/stores.js";
export type { KvNamespace, WorkerCache } from "./cloudflare/stores.js";
export { UsedTokens, durableObjectReplay } from "./cloudflare/used-tokens.js";
export type { DurableObjectReplayOptions, UsedTokensNamespace, UsedTokensStorage } from "./cloudflare/used-tokens.js";
