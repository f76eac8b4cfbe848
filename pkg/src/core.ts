/** The core's verifier, made again whenever its WebAssembly instance had to be given up. */
import type { Verifier as WasmVerifier } from "countersign-bindings";

import { call, currentGeneration, Fault, utf8 } from "./engine.js";
import { InternalError, OptionsError, PolicyError } from "./errors.js";
import type { FetchOutcome, FetchRequest } from "./fetch.js";
import type {
  FetchEffect,
  Identity,
  IssuerReadiness,
  PolicyFault,
  Rejection,
  Report,
  Restored,
} from "./generated/types.js";
import { acceptedFrom, isRow } from "./identity.js";
import type { Row } from "./identity.js";
import { KeptKeys } from "./kept-keys.js";
import type { TokenCounts } from "./metrics.js";
import type { Host } from "./options.js";
import type { ReplayOutcome } from "./replay.js";
import { TokenCache } from "./token-cache.js";
import type { Ticket } from "./token-cache.js";

/** What the core answers to `step`. */
export type Step =
  | Once
  | Judgement
  | ({ kind: "fetch" } & FetchRequest)
  | { kind: "wait"; issuer: string; until: number };

/** The verdict depends on whether the token was used before: it waits for `settle`. */
export interface Once {
  kind: "once";
  id: number;
  /** Stands for the token. */
  key: string;
  /** From when on it is refused as expired. */
  until: number;
  /** To be fetched without anyone waiting for it. */
  refresh?: FetchRequest;
}

/** The verdict, and, when it was asked for, the report. */
export type Judgement = Accepted | ({ kind: "rejected"; rejection: Rejection } & BesidesVerdict);

/** The verdict that a token is good. */
export interface Accepted extends BesidesVerdict {
  kind: "verified";
  identity: Identity;
  /** What the token can be kept under. */
  kept?: Ticket;
}

interface BesidesVerdict {
  report?: Report;
  /** Whether the key is past its lifetime. */
  stale: boolean;
  /** To be fetched without anyone waiting for it. */
  refresh?: FetchRequest;
}

/** What the core answers to `prepare`. */
export type Preparation =
  | ({ kind: "done" } & IssuerReadiness)
  | ({ kind: "fetch" } & FetchRequest)
  | { kind: "wait"; until: number };

/** What came of a fetch. */
export interface Supplied {
  /** To be fetched at once. */
  next?: FetchRequest;
  effect: FetchEffect;
}

/** How much is asked of a judgement: the report costs more. */
export type Detail = "verdict" | "report";

export class Core {
  readonly #policy: string;
  readonly #host: Host;
  /** What a new instance is given of the old one's keys. */
  readonly #kept = new KeptKeys();
  readonly #seed = Math.random();
  readonly #tokens: TokenCache | undefined;
  #verifier: WasmVerifier;
  #generation: number;

  constructor(policy: string, host: Host) {
    this.#policy = policy;
    this.#host = host;
    this.#tokens = host.maxTokens === undefined ? undefined : new TokenCache();
    this.#verifier = this.#make();
    this.#generation = currentGeneration();
  }

  /** How many instances there were before this one: a fetch that an earlier one asked for is void. */
  get generation(): number {
    this.#current();
    return this.#generation;
  }

  /** Whether tokens are kept. */
  get keepsTokens(): boolean {
    return this.#tokens !== undefined;
  }

  /** The identity of a token that is kept and would be accepted again: with `fetching` by `step`, else by `judge`. */
  recall(token: string, now: number, fetching: boolean): Identity | undefined {
    // First of all, since it clears what is kept of an earlier instance.
    this.#current();
    return this.#tokens?.recall(token, ({ slot, serial }) =>
      this.#call((verifier) => verifier.standsBy(slot, serial, now, fetching)),
    );
  }

  /** The next step towards a judgement. */
  step(token: string, now: number, detail: Detail): Step {
    return this.#judged(
      token,
      this.#ask<Step | Row>((verifier) => verifier.step(utf8(token), now, detail === "report")),
    );
  }

  /** The judgement by the keys that are loaded already. */
  judge(token: string, now: number, detail: Detail): Judgement | Once {
    return this.#judged(
      token,
      this.#ask<Judgement | Once | Row>((verifier) => verifier.judge(utf8(token), now, detail === "report")),
    );
  }

  /** The judgement that waits in an instance of this generation, by what the store of used tokens said. */
  settle(generation: number, id: number, outcome: ReplayOutcome): Judgement | undefined {
    // What waited in an earlier instance is gone.
    if (generation !== this.generation) {
      return undefined;
    }
    const answer = this.#ask<Judgement | Row>((verifier) => verifier.settleReplay(id, outcome));
    return isRow(answer) ? acceptedFrom(answer) : answer;
  }

  /** Hands over what a fetch brought that an instance of this generation asked for. */
  supply(generation: number, id: number, outcome: FetchOutcome, now: number): Supplied {
    // A new instance counts its fetches from the start: the same number may stand for another issuer.
    if (generation !== this.generation) {
      return { effect: { kind: "ignored" } };
    }
    const supplied = this.#ask<Supplied>((verifier) =>
      outcome.kind === "response"
        ? supplyResponse(verifier, id, outcome, now)
        : verifier.supplyFailure(id, outcome.reason, outcome.detail, now),
    );
    if (supplied.effect.kind === "loaded") {
      this.#keep(supplied.effect.issuer);
    }
    return supplied;
  }

  /** The issuers that the policy names. */
  pinnedIssuers(): string[] {
    return this.#ask((verifier) => verifier.pinnedIssuers());
  }

  /** The next step towards having an issuer's keys ready. */
  prepare(issuer: string, now: number): Preparation {
    return this.#ask((verifier) => verifier.prepare(issuer, now));
  }

  /** All keys that were fetched. */
  snapshot(): string {
    return this.#call((verifier) => verifier.snapshot());
  }

  /** Takes keys from a snapshot. */
  restore(snapshot: string, now: number): Restored {
    const refused = (why: string): OptionsError => new OptionsError("options.snapshot", "snapshot", why);
    if (typeof snapshot !== "string") {
      throw refused(`A snapshot is a text, not ${snapshot === null ? "null" : typeof snapshot}.`);
    }
    const restored = faultsAs(
      (detail) => refused((detail as { message: string }).message),
      () => this.#ask<Restored>((verifier) => verifier.restore(snapshot, now)),
    );
    for (const issuer of restored.loaded) {
      this.#keep(issuer);
    }
    return restored;
  }

  /** How many tokens were recalled, and how many had to be verified. */
  tokenCounts(): TokenCounts {
    return this.#tokens?.counts() ?? { hits: 0, misses: 0 };
  }

  #judged<T extends Step>(token: string, answer: T | Row): T | Accepted {
    if (!isRow(answer)) {
      return answer;
    }
    const accepted = acceptedFrom(answer);
    const before = this.#tokens?.keep(token, accepted);
    if (before !== undefined) {
      this.#call((verifier) => verifier.forgetToken(before.slot, before.serial));
    }
    return accepted;
  }

  #ask<T>(question: (verifier: WasmVerifier) => string): T {
    return JSON.parse(this.#call(question)) as T;
  }

  #keep(issuer: string): void {
    this.#kept.update(issuer, (of) => this.#call((verifier) => verifier.snapshotOf(of)));
  }

  #call<T>(work: (verifier: WasmVerifier) => T): T {
    const verifier = this.#current();
    try {
      return call(() => work(verifier));
    } catch (error) {
      if (error instanceof InternalError) {
        this.#host.tell({ type: "internal", error });
      }
      throw error;
    }
  }

  #current(): WasmVerifier {
    while (this.#generation !== currentGeneration()) {
      const generation = currentGeneration();
      const verifier = this.#make();
      if (this.#refill(verifier)) {
        this.#tokens?.clear();
        this.#verifier = verifier;
        this.#generation = generation;
      }
    }
    return this.#verifier;
  }

  /** Gives a new instance the old one's keys; not if they make it trap too: then it is of no use. */
  #refill(verifier: WasmVerifier): boolean {
    const now = this.#host.now();
    for (const [issuer, snapshot] of this.#kept.entries()) {
      try {
        call(() => verifier.restore(snapshot, now));
      } catch {
        this.#kept.forget(issuer);
        return false;
      }
    }
    return true;
  }

  #make(): WasmVerifier {
    const { hostAlgorithms, keys, keyStore, replay, maxTokens } = this.#host;
    const verifier = faultsAs(
      (detail) => {
        const { faults, message } = detail as { faults?: PolicyFault[]; message?: string };
        return faults === undefined
          ? new OptionsError("options.type", "keyStore", `\`keyStore\`: ${message}`)
          : new PolicyError(faults);
      },
      () =>
        call((wasm) => {
          const choice = replay?.whenUnavailable;
          return new wasm.Verifier(this.#policy, keyStore, this.#seed, hostAlgorithms, choice, maxTokens);
        }),
    );
    for (const [issuer, keySet] of keys) {
      const option = `keys[${JSON.stringify(issuer)}]`;
      const unusable = (why: string): OptionsError =>
        new OptionsError("options.keys", option, `\`${option}\`: ${why}`);
      const added = faultsAs(
        (detail) => unusable((detail as { message: string }).message),
        () => call(() => verifier.addStaticKeys(issuer, keySet)),
      );
      const { used, skipped } = JSON.parse(added) as { used: number; skipped: unknown[] };
      if (used === 0) {
        throw unusable(`it has no usable key (not used: ${JSON.stringify(skipped)})`);
      }
    }
    return verifier;
  }
}

function supplyResponse(
  verifier: WasmVerifier,
  id: number,
  { status, freshness, body }: FetchOutcome & { kind: "response" },
  now: number,
): string {
  const { age, cacheControl, date, expires } = freshness;
  return verifier.supplyResponse(id, status, age, cacheControl, date, expires, body, now);
}

function faultsAs<T>(error: (detail: unknown) => Error, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw thrown instanceof Fault ? error(thrown.detail) : thrown;
  }
}
