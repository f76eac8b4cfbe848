import { milliseconds } from "countersign-host";

import { Core } from "./core.js";
import type { Detail, Judgement, Once, Preparation } from "./core.js";
import { InternalError, VerificationError } from "./errors.js";
import { since } from "./events.js";
import { Fetching } from "./fetching.js";
import type { Identity, IssuerReadiness, Policy, Report, Restored } from "./generated/types.js";
import { Meter } from "./metrics.js";
import type { Metrics } from "./metrics.js";
import { hostFrom } from "./options.js";
import type { Host, VerifierOptions } from "./options.js";
import { policyText } from "./policy.js";
import { ReplayGuard } from "./replay-guard.js";
import type { Judging, Settled } from "./replay-guard.js";
import { SnapshotKeeper } from "./snapshot-keeper.js";

/** Verifies tokens by one policy. Make one when the service starts, and keep it: it keeps the keys. */
export interface Verifier {
  /**
   * Verifies a token, and fetches its issuer's keys when they are not here yet. However many calls
   * need the same keys at once, they are fetched once. Keys are renewed in the background before their
   * time is over, and serve on, within a limit, while their issuer cannot be reached.
   *
   * @throws {VerificationError} when the token is refused; the promise rejects.
   */
  verify(token: string): Promise<Identity>;

  /**
   * Verifies a token by keys that are here already: given as `keys`, or fetched by an earlier `verify`
   * or `ready`. Never fetches, now or later: call `ready` from time to time to have keys renewed.
   *
   * @throws {VerificationError} when the token is refused; `key.not_loaded` when its keys are not here.
   * @throws {OptionsError} `options.replay_async` when the store of used tokens is not synchronous.
   */
  verifySync(token: string): Identity;

  /**
   * Tells of every check, in order, whether it passed, failed or was skipped, with what was expected
   * and found. Never throws for a bad token, and always agrees with `verify`. It never uses a token up.
   */
  explain(token: string): Promise<Report>;

  /** Like `explain`, by keys that are here already. Never fetches. */
  explainSync(token: string): Report;

  /**
   * Has the keys of every issuer that the policy names at hand, and renews those whose time is nearly
   * over. An issuer that cannot be reached does not make it reject: the answer says so. Keys of issuers
   * that the policy trusts by organization only are not known ahead of their first token.
   */
  ready(): Promise<Readiness>;

  /**
   * All keys that were fetched, as text for `restore`, with their times. Whoever can change it decides
   * which tokens are accepted.
   */
  snapshot(): string;

  /**
   * Takes keys from a snapshot: of issuers that the policy trusts, newer than what is here, and for no
   * longer than they would have served where the snapshot was made.
   *
   * @throws {OptionsError} when the text is no snapshot.
   */
  restore(snapshot: string): Restored;

  /** What this verifier has done so far. */
  metrics(): Metrics;
}

/** Whether a service can take traffic. */
export interface Readiness {
  /** Whether the keys of all issuers that the policy names are at hand. */
  readonly ready: boolean;
  readonly issuers: readonly IssuerReadiness[];
}

/**
 * Makes a verifier.
 *
 * ```ts
 * const verifier = createVerifier({
 *   audience: "https://api.example.com",
 *   trust: [{ organization: "o-abc1234567" }],
 * });
 * const identity = await verifier.verify(token);
 * ```
 *
 * @throws {PolicyError} when the policy cannot be right: it lists every fault at once.
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function createVerifier(policy: Policy, options?: VerifierOptions): Verifier {
  return new HostVerifier(policyText(policy), hostFrom(options));
}

/** The core decides; this only fetches what it asks for, and waits. */
class HostVerifier implements Verifier {
  readonly #host: Host;
  readonly #meter = new Meter();
  readonly #core: Core;
  readonly #keeper: SnapshotKeeper;
  readonly #fetching: Fetching;
  readonly #replay: ReplayGuard;

  constructor(policy: string, given: Host) {
    const tell: Host["tell"] = (event) => {
      this.#meter.count(event);
      given.tell(event);
    };
    this.#host = { ...given, tell };
    this.#core = new Core(policy, this.#host);
    this.#keeper = new SnapshotKeeper(this.#core, this.#host);
    this.#fetching = new Fetching(this.#core, this.#host, this.#keeper);
    this.#replay = new ReplayGuard(this.#core, this.#host);
  }

  async verify(token: string): Promise<Identity> {
    const recalled = this.#recall(token, true);
    if (recalled !== undefined) {
      return recalled;
    }
    const start = milliseconds();
    const { waits, ...settled } = await this.#judge(token, "verdict");
    return this.#identity(settled, waits, start);
  }

  verifySync(token: string): Identity {
    this.#replay.requireSync("verifySync");
    const recalled = this.#recall(token, false);
    if (recalled !== undefined) {
      return recalled;
    }
    const start = milliseconds();
    return this.#identity(this.#judgeSync(token, "verdict"), 0, start);
  }

  async explain(token: string): Promise<Report> {
    return reportOf((await this.#judge(token, "report")).judgement);
  }

  explainSync(token: string): Report {
    this.#replay.requireSync("explainSync");
    return reportOf(this.#judgeSync(token, "report").judgement);
  }

  async ready(): Promise<Readiness> {
    await this.#keeper.load();
    const issuers = await Promise.all(this.#core.pinnedIssuers().map((issuer) => this.#prepare(issuer)));
    return { ready: issuers.every(({ ready }) => ready), issuers };
  }

  snapshot(): string {
    return this.#core.snapshot();
  }

  restore(snapshot: string): Restored {
    return this.#core.restore(snapshot, this.#host.now());
  }

  metrics(): Metrics {
    return this.#meter.read(this.#core.tokenCounts());
  }

  /** The identity of a token that is kept, if nothing has changed; with `fetching` for a call that fetches. */
  #recall(token: string, fetching: boolean): Identity | undefined {
    if (!this.#core.keepsTokens || typeof token !== "string") {
      return undefined;
    }
    const identity = this.#core.recall(token, this.#host.now(), fetching);
    if (identity !== undefined) {
      // Reading the clock twice would take half as long again as all of this.
      this.#host.tell({ type: "verified", issuer: identity.issuer, stale: false, waits: 0, durationMs: 0 });
    }
    return identity;
  }

  async #judge(token: string, detail: Detail): Promise<Judged> {
    if (typeof token !== "string") {
      return { judgement: this.#judgeNoText(token, detail), waits: 0 };
    }
    for (let waits = 0; waits < MAX_WAITS; waits += 1) {
      if (!this.#keeper.isLoaded && this.#needsKeys(token)) {
        await this.#keeper.load();
      }
      const now = this.#host.now();
      const step = this.#core.step(token, now, detail);
      switch (step.kind) {
        case "once":
        case "verified":
        case "rejected":
          if (step.refresh !== undefined) {
            this.#fetching.refresh(step.refresh);
          }
          return { ...(await this.#settle(step, { token, now, detail })), waits };
        case "fetch":
          await this.#fetching.fetch(step);
          break;
        case "wait":
          await this.#fetching.wait(step.issuer, step.until);
      }
    }
    const judging = { token, now: this.#host.now(), detail };
    const step = this.#core.judge(token, judging.now, detail);
    return { ...(await this.#settle(step, judging)), waits: MAX_WAITS };
  }

  async #settle(step: Judgement | Once, judging: Judging): Promise<Settled> {
    return step.kind === "once" ? this.#replay.settle(step, judging) : { judgement: step };
  }

  /** A token that is refused whatever the keys are does not make a cold process ask its store. */
  #needsKeys(token: string): boolean {
    const judgement = this.#core.judge(token, this.#host.now(), "verdict");
    if (judgement.kind === "once") {
      this.#replay.abandon(judgement);
    }
    return judgement.kind === "rejected" && judgement.rejection.code === "key.not_loaded";
  }

  #judgeSync(token: string, detail: Detail): Settled {
    if (typeof token !== "string") {
      return { judgement: this.#judgeNoText(token, detail) };
    }
    const now = this.#host.now();
    const step = this.#core.judge(token, now, detail);
    return step.kind === "once" ? this.#replay.settleSync(step, { token, now, detail }) : { judgement: step };
  }

  async #prepare(issuer: string): Promise<IssuerReadiness> {
    for (let waits = 0; waits < MAX_WAITS; waits += 1) {
      const preparation: Preparation = this.#core.prepare(issuer, this.#host.now());
      switch (preparation.kind) {
        case "done": {
          const { kind: _, ...readiness } = preparation;
          return readiness;
        }
        case "fetch":
          await this.#fetching.fetch(preparation);
          break;
        case "wait":
          await this.#fetching.wait(issuer, preparation.until);
      }
    }
    return { issuer, ready: false, reason: "the clock leaps ahead faster than keys can be fetched" };
  }

  /** Hosts without types pass `undefined`, arrays or buffers: refused like any text that is no token. */
  #judgeNoText(token: unknown, detail: Detail): Judgement {
    const judgement = this.#core.judge("", this.#host.now(), detail);
    if (judgement.kind !== "rejected") {
      throw new InternalError("a token without text was not refused");
    }
    judgement.rejection.found = `a value of type ${token === null ? "null" : typeof token}`;
    return judgement;
  }

  #identity({ judgement, cause }: Settled, waits: number, start: number): Identity {
    const { stale } = judgement;
    if (judgement.kind === "verified") {
      const { issuer } = judgement.identity;
      this.#host.tell({ type: "verified", issuer, stale, waits, durationMs: since(start) });
      return judgement.identity;
    }
    const { code, check, status, retryable } = judgement.rejection;
    this.#host.tell({ type: "refused", code, check, status, retryable, stale, waits, durationMs: since(start) });
    throw new VerificationError(judgement.rejection, cause === undefined ? undefined : { cause });
  }
}

/** A judgement, and how often keys were waited for on the way to it. */
interface Judged extends Settled {
  waits: number;
}

/**
 * How often one call fetches or waits: for keys that are missing, for a key id that is not among them,
 * and for a key that may have been replaced. A clock that leaps ahead at every reading would need it
 * without end.
 */
const MAX_WAITS = 8;

function reportOf({ report }: Judgement): Report {
  if (report === undefined) {
    throw new InternalError("a report was asked for and not given");
  }
  return report;
}
