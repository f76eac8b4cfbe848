/** Keys in KV or in the Cache API. */
import type { SnapshotStore } from "../store.js";
import { requireMethods } from "./methods.js";

/** A KV namespace, as far as it is needed. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
}

/**
 * Keeps a verifier's keys in KV, for isolates that start cold. Whoever can write there decides which tokens are
 * accepted.
 *
 * @param key - Under which key: verifiers with different policies each need one of their own.
 */
export function kvStore(namespace: KvNamespace, key = "countersign:keys"): SnapshotStore {
  requireMethods("kvStore", "a KV namespace", namespace, ["get", "put"]);
  return {
    load: () => namespace.get(key),
    save: (snapshot) => namespace.put(key, snapshot),
  };
}

/** A cache of the Cache API, as far as it is needed: `caches.default`, for example. */
export interface WorkerCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/**
 * Keeps a verifier's keys in the Cache API: each data centre its own, for a day.
 *
 * @param url - Under which address, which nothing is fetched from. Verifiers with different policies each need one of
 * their own, and no other code may put anything there.
 */
export function cacheStore(cache: WorkerCache, url = "https://countersign.invalid/keys"): SnapshotStore {
  requireMethods("cacheStore", "a cache", cache, ["match", "put"]);
  return {
    load: async () => (await cache.match(url))?.text(),
    save: (snapshot) => cache.put(url, new Response(snapshot, { headers: { "cache-control": `max-age=${ONE_DAY}` } })),
  };
}

const ONE_DAY = 86_400;
