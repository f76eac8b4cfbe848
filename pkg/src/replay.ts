/** Protection against replay: what a store of used tokens is, and what is told of it. */

/** What a store answers of a token: it is claimed for the first time, it was before, or there is no room. */
export type ReplayAnswer = "first" | "full" | "seen";

/**
 * Remembers used tokens. `memoryReplay` and `redisReplay` make one; any store that can claim a key in one
 * atomic step can be another.
 */
export interface ReplayStore {
  /**
   * Whether the answers are there at once and are no promises. `verifySync` and `explainSync` need that.
   */
  readonly synchronous?: boolean;
  /**
   * Claims a key, in one atomic step: of all who claim it before `expiresAt`, exactly one is answered
   * `"first"`. Times are in seconds since the epoch; `now` is the verifier's.
   */
  once(key: string, expiresAt: number, now: number): ReplayAnswer | Promise<ReplayAnswer>;
  /** What `once` would answer, as far as that can be told. Claims nothing. */
  peek(key: string, expiresAt: number, now: number): ReplayAnswer | Promise<ReplayAnswer>;
}

/** The `replay` option: each token is accepted once. */
export interface ReplayOptions {
  readonly store: ReplayStore;
  /**
   * What becomes of a token when the store fails or takes too long: `"refuse"` makes its outage yours, and
   * `"accept"` leaves the protection out meanwhile. There is no default. A store without room, or whose
   * answer is none, refuses in any case.
   */
  readonly whenUnavailable: "accept" | "refuse";
  /** How long the store may take: 1 second unless given, at most 60. */
  readonly timeoutSeconds?: number | undefined;
}

/** Options that were checked, with defaults in place. */
export interface Replay extends ReplayOptions {
  readonly timeoutSeconds: number;
}

/** What the core is told. */
export type ReplayOutcome = ReplayAnswer | "failed" | "notAsked" | "timeout" | "unclear";

/** The store of used tokens was asked. */
export interface ReplayEvent {
  readonly type: "replay";
  /**
   * What it answered. Of the others, `"failed"` and `"timeout"` fall under `whenUnavailable`; `"unclear"`
   * is something that no store may answer, and refuses the token.
   */
  readonly outcome: Exclude<ReplayOutcome, "notAsked">;
  /** Whether the token was to be claimed; `explain` only looks. */
  readonly claiming: boolean;
  /** Why there is no answer. */
  readonly error?: unknown;
  readonly durationMs: number;
}
