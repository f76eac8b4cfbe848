/** What a verifier tells of its work, for logs, metrics and traces. No event holds any part of a token. */
import { milliseconds } from "countersign-host";

import type { InternalError } from "./errors.js";
import type { FetchFailure } from "./fetch.js";
import type { Code } from "./generated/codes.js";
import type { FetchEffect, Rejection, Restored } from "./generated/types.js";
import type { ReplayEvent } from "./replay.js";

/** Something that a verifier did. Durations are in milliseconds. */
export type VerifierEvent =
  | VerifiedEvent
  | RefusedEvent
  | FetchEvent
  | KeysEvent
  | ReplayEvent
  | StoreEvent
  | InternalEvent;

/** A token was accepted. */
export interface VerifiedEvent {
  readonly type: "verified";
  /** The issuer, which the policy trusts. */
  readonly issuer: string;
  /** Whether the key was past its lifetime, and served on because the issuer cannot be reached. */
  readonly stale: boolean;
  /** How often the call waited for keys to be fetched: 0 when they were there. */
  readonly waits: number;
  /** 0 for a token that did not have to be verified again (`tokenCache`). */
  readonly durationMs: number;
}

/** A token was refused. What it said is not told: it is a stranger's word. */
export interface RefusedEvent {
  readonly type: "refused";
  readonly code: Code;
  readonly check: Rejection["check"];
  readonly status: number;
  readonly retryable: boolean;
  readonly stale: boolean;
  readonly waits: number;
  readonly durationMs: number;
}

/** A document of an issuer was fetched, or could not be. */
export interface FetchEvent {
  readonly type: "fetch";
  readonly issuer: string;
  readonly url: string;
  readonly purpose: "discovery" | "keySet";
  /** Whether no token waited for it: keys are renewed before their time is over. */
  readonly background: boolean;
  /** The HTTP status, if there was an answer within the limits. */
  readonly status?: number;
  /** Why there was none. */
  readonly failure?: FetchFailure;
  readonly durationMs: number;
}

/** Keys arrived, with what is new and what was withdrawn, or could not be had. */
export type KeysEvent = { readonly type: "keys" } & Readonly<Extract<FetchEffect, { kind: "failed" | "loaded" }>>;

/** The `store` option was used. */
export interface StoreEvent {
  readonly type: "store";
  readonly operation: "load" | "save";
  /** What was taken from a loaded snapshot. */
  readonly restored?: Restored;
  /** Why nothing was loaded or saved. Verification goes on without. */
  readonly error?: unknown;
  readonly durationMs: number;
}

/** Countersign itself failed, and goes on with a new WebAssembly instance and the keys it had. */
export interface InternalEvent {
  readonly type: "internal";
  readonly error: InternalError;
}

/** Tells a listener, whose own failures stay its own. */
export function listenerFrom(onEvent: ((event: VerifierEvent) => unknown) | undefined): Listener {
  if (onEvent === undefined) {
    return () => undefined;
  }
  return (event) => {
    try {
      // An async listener rejects later: that, too, must not end the process.
      Promise.resolve(onEvent(event)).catch(() => undefined);
    } catch {
      // A listener that throws must not refuse a token.
    }
  };
}

export type Listener = (event: VerifierEvent) => void;

/** Milliseconds that have passed since `start`, which is `milliseconds()` of then. */
export function since(start: number): number {
  return milliseconds() - start;
}
