/** Keeping keys outside the process, for cold starts and for many processes that share one cache. */

/**
 * Where a verifier keeps its keys between processes: a file, KV, a database. Whoever can write what
 * `load` reads decides which tokens are accepted, so it is to be guarded as carefully as the policy.
 */
export interface SnapshotStore {
  /** The text that was saved last, or nothing. Asked once, before the first fetch. */
  load(): Promise<string | null | undefined> | string | null | undefined;
  /** Keeps a text. Called after keys have changed, one call at a time. */
  save(snapshot: string): Promise<void> | void;
}
