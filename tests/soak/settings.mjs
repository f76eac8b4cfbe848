// Time is compressed, so that a run of minutes holds what a service meets in days: seconds stand for minutes.
export const KEY_STORE = {
  lifetimeSeconds: 5,
  minLifetimeSeconds: 2,
  maxLifetimeSeconds: 10,
  staleIfErrorSeconds: 60,
  unknownKeyCooldownSeconds: 1,
  replacedKeyCooldownSeconds: 2,
  failureCooldownSeconds: 1,
  maxFailureCooldownSeconds: 3,
  fetchTimeoutSeconds: 2,
  maxIssuers: 24,
  issuerFetchBurst: 60,
  issuerFetchesPerMinute: 600,
  fetchBurst: 200,
  fetchesPerMinute: 3000,
  // So few that all tables are made in the first third, which does not count: a run may last seconds.
  maxPreparedKeys: 4,
};

/** How long an issuer is well before it changes its keys: longer than any pause after failures. */
export const QUIET_MS = 8000;
/** How long a rotated key is published beside the one that it follows. */
export const OVERLAP_MS = 2000;
/** From when on a key replaced under its id must be found out: the cool-down, whole seconds, and a fetch. */
export const REPLACED_MS = 5000;
/** From when on a withdrawn key must be refused: a lifetime, whole seconds, and a fetch. */
export const WITHDRAWN_MS = 8000;
/** How long an issuer fails. */
export const FAULT_MS = { least: 2000, most: 9000 };

export const PINNED = 3;
export const OF_ORGANIZATION = 4;
/** The key ids that an issuer begins with. */
export const KINDS = ["EC384", "RSA", "EC256"];

/** Tokens under way at once. */
export const WORKERS = 64;
/** How many tokens with key ids of nobody come at once, every two seconds. */
export const FLOOD = 200;
/** How often memory is looked at. */
export const SAMPLED_EVERY_MS = 500;
/** By how much memory may be larger in the last third than in the one before it, in MiB. */
export const FLAT_WITHIN = { rss: 24, heapUsed: 4, external: 16, wasm: 1 };
