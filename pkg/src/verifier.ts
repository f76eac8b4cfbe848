import { Core } from "./core.js";
import type { Detail, Judgement } from "./core.js";
import { InternalError, VerificationError } from "./errors.js";
import { fetchDocument } from "./fetch.js";
import type { FetchRequest } from "./fetch.js";
import type { Identity, Policy, Report } from "./generated/types.js";
import { hostFrom } from "./options.js";
import type { Host, VerifierOptions } from "./options.js";
import { policyText } from "./policy.js";

/** Verifies tokens by one policy. Make one when the service starts, and keep it: it keeps the keys. */
export interface Verifier {
  /**
   * Verifies a token, and fetches its issuer's keys when they are not here yet. However many calls
   * need the same keys at once, they are fetched once.
   *
   * @throws {VerificationError} when the token is refused; the promise rejects.
   */
  verify(token: string): Promise<Identity>;

  /**
   * Verifies a token by keys that are here already: given as `keys`, or fetched by an earlier
   * `verify`. Never fetches.
   *
   * @throws {VerificationError} when the token is refused; `key.not_loaded` when its keys are not here.
   */
  verifySync(token: string): Identity;

  /**
   * Tells of every check, in order, whether it passed, failed or was skipped, with what was expected
   * and found. Never throws for a bad token, and always agrees with `verify`.
   */
  explain(token: string): Promise<Report>;

  /** Like `explain`, by keys that are here already. Never fetches. */
  explainSync(token: string): Report;
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
  const host = hostFrom(options);
  return new HostVerifier(new Core(policyText(policy), host), host);
}

/** The core decides; this only fetches what it asks for, and waits. */
class HostVerifier implements Verifier {
  readonly #core: Core;
  readonly #host: Host;
  /** The fetch under way for each issuer: the core asks for one at a time, and others wait for it. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(core: Core, host: Host) {
    this.#core = core;
    this.#host = host;
  }

  async verify(token: string): Promise<Identity> {
    return identityOf(await this.#judge(token, "verdict"));
  }

  verifySync(token: string): Identity {
    return identityOf(this.#judgeSync(token, "verdict"));
  }

  async explain(token: string): Promise<Report> {
    return reportOf(await this.#judge(token, "report"));
  }

  explainSync(token: string): Report {
    return reportOf(this.#judgeSync(token, "report"));
  }

  #judgeSync(token: string, detail: Detail): Judgement {
    return typeof token === "string"
      ? this.#core.judge(token, this.#host.now(), detail)
      : this.#judgeNoText(token, detail);
  }

  async #judge(token: string, detail: Detail): Promise<Judgement> {
    if (typeof token !== "string") {
      return this.#judgeNoText(token, detail);
    }
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const step = this.#core.step(token, this.#host.now(), detail);
      switch (step.kind) {
        case "verified":
        case "rejected":
          return step;
        case "fetch":
          await this.#fetch(step);
          break;
        case "wait":
          await this.#wait(step.issuer, step.until);
      }
    }
    return this.#core.judge(token, this.#host.now(), detail);
  }

  #fetch(request: FetchRequest): Promise<void> {
    const fetching = fetchDocument(request, this.#host.fetch)
      .then((outcome) => this.#core.supply(request.id, outcome, this.#host.now()))
      .finally(() => {
        if (this.#underWay.get(request.issuer) === fetching) {
          this.#underWay.delete(request.issuer);
        }
      });
    this.#underWay.set(request.issuer, fetching);
    return fetching;
  }

  #wait(issuer: string, until: number): Promise<void> {
    const seconds = Math.max(0, until - this.#host.now());
    return (
      this.#underWay.get(issuer) ?? new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    );
  }

  /** Hosts without types pass `undefined`, arrays or buffers: refused like any text that is no token. */
  #judgeNoText(token: unknown, detail: Detail): Judgement {
    const judgement = this.#core.judge("", this.#host.now(), detail);
    if (judgement.kind === "rejected") {
      judgement.rejection.found = `a value of type ${token === null ? "null" : typeof token}`;
    }
    return judgement;
  }
}

/**
 * How often one call fetches or waits. Discovery, key set and one refetch need three rounds; a clock
 * that leaps ahead at every reading would need them without end.
 */
const MAX_ROUNDS = 8;

function identityOf(judgement: Judgement): Identity {
  if (judgement.kind === "rejected") {
    throw new VerificationError(judgement.rejection);
  }
  return judgement.identity;
}

function reportOf({ report }: Judgement): Report {
  if (report === undefined) {
    throw new InternalError("a report was asked for and not given");
  }
  return report;
}
