export type { Code, PolicyCode } from "./generated/codes.js";
export type * from "./generated/types.js";
export { InternalError, ModuleError, OptionsError, PolicyError, VerificationError } from "./errors.js";
export type {
  FetchEvent,
  InternalEvent,
  KeysEvent,
  RefusedEvent,
  StoreEvent,
  VerifiedEvent,
  VerifierEvent,
} from "./events.js";
export type { Fetch, FetchFailure, FetchInit, FetchResponse } from "./fetch.js";
export { inspect } from "./inspect.js";
export type { Histogram, Metrics, TokenCounts } from "./metrics.js";
export type { Crypto, JsonWebKeySet, TokenCacheOptions, VerifierOptions } from "./options.js";
export type { SnapshotStore } from "./store.js";
export type { ReplayAnswer, ReplayEvent, ReplayOptions, ReplayStore } from "./replay.js";
export { memoryReplay } from "./replay-memory.js";
export type { MemoryReplayOptions } from "./replay-memory.js";
export { redisReplay } from "./replay-redis.js";
export type { RedisClient, RedisReplayOptions } from "./replay-redis.js";
export { createVerifier } from "./verifier.js";
export type { Readiness, Verifier } from "./verifier.js";
