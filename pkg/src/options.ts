/** What a host brings along: the second argument of `createVerifier`. Unknown options are refused. */
import { outlive } from "countersign-host";

import { hostAlgorithms } from "./cryptography.js";
import { OptionsError } from "./errors.js";
import { listenerFrom } from "./events.js";
import type { Listener, VerifierEvent } from "./events.js";
import type { Fetch } from "./fetch.js";
import type { KeyStoreSettings } from "./generated/types.js";
import { isPlain } from "./plain.js";
import type { Replay, ReplayOptions } from "./replay.js";
import type { SnapshotStore } from "./store.js";

/** A JSON Web Key Set (RFC 7517), as an issuer publishes it. */
export interface JsonWebKeySet {
  readonly keys: readonly object[];
}

/** Who verifies signatures. */
export type Crypto = "auto" | "host" | "wasm";

export interface VerifierOptions {
  /**
   * Key sets by issuer. An issuer named here is never fetched, and `verifySync` can verify its tokens
   * from the first call.
   */
  readonly keys?: Readonly<Record<string, JsonWebKeySet>> | undefined;
  /** Used for discovery and key sets in place of the global `fetch`, for example one with a proxy. */
  readonly fetch?: Fetch | undefined;
  /** The time in seconds since the epoch, in place of the system's clock. */
  readonly now?: (() => number) | undefined;
  /** How long keys are kept, and how often they are fetched. The defaults suit nearly everyone. */
  readonly keyStore?: KeyStoreSettings | undefined;
  /**
   * Keeps fetched keys outside the process, for cold starts and for processes that share a cache. It is
   * read once, before the first fetch, and written after keys have changed.
   */
  readonly store?: SnapshotStore | undefined;
  /**
   * Who verifies signatures: `"auto"`, the default, chooses the faster one for each algorithm, which is
   * `node:crypto` for RS256 where there is one; `"host"` is `node:crypto` for all, and `"wasm"` is this
   * package for all. Verdicts are the same.
   */
  readonly crypto?: Crypto | undefined;
  /** Has each token accepted once. */
  readonly replay?: ReplayOptions | undefined;
  /**
   * Keeps tokens that were accepted, and does not verify them again while neither the time nor their issuer's
   * keys change the verdict. Worth it where the same token comes with many requests. Off unless given.
   */
  readonly tokenCache?: TokenCacheOptions | undefined;
  /**
   * Told of verdicts, fetches and changes of keys as they happen. No event holds any part of a token,
   * and whatever this function throws is ignored.
   */
  readonly onEvent?: ((event: VerifierEvent) => unknown) | undefined;
  /**
   * Has work go on after the request that began it is answered: keys that are renewed in the background, and what
   * `store` saves. The promises never reject, and whatever this function throws is ignored. For edge runtimes; on
   * Cloudflare Workers it is the runtime's own unless given.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => unknown) | undefined;
}

/** How tokens are kept. Identities are then frozen, since calls share them. */
export interface TokenCacheOptions {
  /** The most tokens that are kept, from 1 to 100,000. Each takes about three times its length. */
  readonly maxTokens: number;
}

/** Options that were checked, with defaults in place. */
export interface Host {
  readonly keys: readonly (readonly [issuer: string, keySet: string])[];
  readonly fetch: Fetch;
  readonly now: () => number;
  readonly keyStore: string;
  readonly hostAlgorithms: string;
  readonly store: SnapshotStore | undefined;
  readonly replay: Replay | undefined;
  /** The most tokens that are kept, if any. */
  readonly maxTokens: number | undefined;
  readonly tell: Listener;
  /** Has work go on after the request that began it is answered. It never rejects. */
  readonly outlive: (work: Promise<unknown>) => void;
}

/** Checks the options: a name or a type that is wrong would otherwise be a setting lost in silence. */
export function hostFrom(options: VerifierOptions = {}): Host {
  onlyKnown("", record("options", options), KNOWN);
  const { crypto = "auto", keys = {}, fetch, now, keyStore = {}, store, replay, tokenCache, onEvent, waitUntil } = options;
  return {
    keys: keySets(keys),
    // Looked up at each call, so that a test or an agent may replace the global one later.
    fetch: fetch === undefined ? (url, init) => globalThis.fetch(url, init) : callable("fetch", fetch),
    now: now === undefined ? systemSeconds : secondsFrom(callable("now", now)),
    keyStore: settings(record("keyStore", keyStore)),
    hostAlgorithms: hostAlgorithms(cryptoFrom(crypto)),
    store: store === undefined ? undefined : snapshotStore(store),
    replay: replay === undefined ? undefined : replayFrom(record("replay", replay)),
    maxTokens: tokenCache === undefined ? undefined : maxTokensOf(record("tokenCache", tokenCache)),
    tell: listenerFrom(onEvent === undefined ? undefined : callable("onEvent", onEvent)),
    outlive: guarded(waitUntil === undefined ? outlive : callable("waitUntil", waitUntil)),
  };
}

const KNOWN = ["crypto", "fetch", "keyStore", "keys", "now", "onEvent", "replay", "store", "tokenCache", "waitUntil"];
const KNOWN_OF_REPLAY = ["store", "timeoutSeconds", "whenUnavailable"];

function replayFrom(replay: ReplayOptions): Replay {
  onlyKnown("replay.", replay, KNOWN_OF_REPLAY);
  const { store, whenUnavailable, timeoutSeconds = 1 } = replay;
  const { once, peek } = (store ?? {}) as Partial<ReplayOptions["store"]>;
  callable("replay.store.once", once as ReplayOptions["store"]["once"]);
  callable("replay.store.peek", peek as ReplayOptions["store"]["peek"]);
  if (whenUnavailable !== "accept" && whenUnavailable !== "refuse") {
    throw new OptionsError(
      "options.type",
      "replay.whenUnavailable",
      '`replay.whenUnavailable` must be "refuse" or "accept": whether tokens are refused or accepted while the store cannot be asked. There is no default.',
    );
  }
  if (typeof timeoutSeconds !== "number" || !(timeoutSeconds > 0 && timeoutSeconds <= 60)) {
    const message = "`replay.timeoutSeconds` must be a number above 0, and at most 60.";
    throw new OptionsError("options.type", "replay.timeoutSeconds", message);
  }
  return { store, whenUnavailable, timeoutSeconds };
}

/** Whatever it throws is ignored: the work goes on all the same, as long as the host lets it. */
function guarded(waitUntil: (work: Promise<unknown>) => unknown): Host["outlive"] {
  return (work) => {
    try {
      waitUntil(work);
    } catch {
      // Some hosts throw outside of a request.
    }
  };
}

function cryptoFrom(crypto: Crypto): Crypto {
  if (crypto !== "auto" && crypto !== "host" && crypto !== "wasm") {
    throw new OptionsError("options.type", "crypto", '`crypto` must be "auto", "host" or "wasm".');
  }
  return crypto;
}

function maxTokensOf(tokenCache: TokenCacheOptions): number {
  onlyKnown("tokenCache.", tokenCache, ["maxTokens"]);
  const { maxTokens } = tokenCache;
  if (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > 100_000) {
    const message = "`tokenCache.maxTokens` must be a whole number from 1 to 100,000. There is no default.";
    throw new OptionsError("options.type", "tokenCache.maxTokens", message);
  }
  return maxTokens;
}

/** An instance of a class serves as well as an object, so only its methods are looked at. */
function snapshotStore(store: SnapshotStore): SnapshotStore {
  const { load, save } = (store ?? {}) as Partial<SnapshotStore>;
  callable("store.load", load as SnapshotStore["load"]);
  callable("store.save", save as SnapshotStore["save"]);
  return store;
}

function keySets(keys: Readonly<Record<string, JsonWebKeySet>>): Host["keys"] {
  return Object.entries(record("keys", keys)).map(([issuer, keySet]) => {
    if (!isPlain(keySet) || !Array.isArray(keySet["keys"])) {
      const option = `keys[${JSON.stringify(issuer)}]`;
      throw new OptionsError("options.keys", option, `\`${option}\` must be a key set, { keys: [...] }.`);
    }
    return [issuer, JSON.stringify(keySet)];
  });
}

function settings(keyStore: KeyStoreSettings): string {
  for (const [name, value] of Object.entries(keyStore)) {
    if (value !== undefined && !Number.isSafeInteger(value)) {
      const option = `keyStore.${name}`;
      throw new OptionsError("options.type", option, `\`${option}\` must be a whole number.`);
    }
  }
  return JSON.stringify(keyStore);
}

function secondsFrom(now: () => number): () => number {
  return () => {
    const seconds: unknown = now();
    if (typeof seconds !== "number" || !(seconds >= 0 && seconds < MILLISECONDS_FROM)) {
      throw new OptionsError(
        "options.now",
        "now",
        `\`now\` must return seconds since the epoch, and returned ${String(seconds)}.`,
      );
    }
    return Math.floor(seconds);
  };
}

/** As seconds this is the year 5138; as milliseconds it was in 1973. */
const MILLISECONDS_FROM = 100_000_000_000;

function systemSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function callable<F extends (...args: never[]) => unknown>(option: string, value: F): F {
  if (typeof value !== "function") {
    throw new OptionsError("options.type", option, `\`${option}\` must be a function.`);
  }
  return value;
}

function onlyKnown(prefix: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      const option = prefix + name;
      const message = `There is no option \`${option}\`; there are ${known.join(", ")}.`;
      throw new OptionsError("options.unknown", option, message);
    }
  }
}

function record<T extends object>(option: string, value: T): T {
  if (!isPlain(value)) {
    throw new OptionsError("options.type", option, `\`${option}\` must be a plain object.`);
  }
  return value;
}
