/** The core's verifier, made again whenever its WebAssembly instance had to be given up. */
import type { Verifier as WasmVerifier } from "countersign-bindings";

import { call, currentGeneration, Fault } from "./engine.js";
import { OptionsError, PolicyError } from "./errors.js";
import type { FetchOutcome, FetchRequest } from "./fetch.js";
import type { Identity, PolicyFault, Rejection, Report } from "./generated/types.js";
import type { Host } from "./options.js";

/** What the core answers to `step`. */
export type Step =
  | Judgement
  | ({ kind: "fetch" } & FetchRequest)
  | { kind: "wait"; issuer: string; until: number };

/** The verdict, and, when it was asked for, the report. */
export type Judgement =
  | { kind: "verified"; identity: Identity; report?: Report }
  | { kind: "rejected"; rejection: Rejection; report?: Report };

/** How much is asked of a judgement: the report costs more. */
export type Detail = "verdict" | "report";

export class Core {
  readonly #policy: string;
  readonly #host: Host;
  #verifier: WasmVerifier;
  #generation: number;

  constructor(policy: string, host: Host) {
    this.#policy = policy;
    this.#host = host;
    this.#verifier = this.#make();
    this.#generation = currentGeneration();
  }

  /** The next step towards a judgement. */
  step(token: string, now: number, detail: Detail): Step {
    const verifier = this.#current();
    return JSON.parse(call(() => verifier.step(token, now, detail === "report"))) as Step;
  }

  /** The judgement by the keys that are loaded already. */
  judge(token: string, now: number, detail: Detail): Judgement {
    const verifier = this.#current();
    return JSON.parse(call(() => verifier.judge(token, now, detail === "report"))) as Judgement;
  }

  /** Hands over what a fetch brought. */
  supply(id: number, outcome: FetchOutcome, now: number): void {
    const verifier = this.#current();
    call(() => {
      if (outcome.kind === "response") {
        verifier.supplyResponse(id, outcome.status, outcome.cacheControl, outcome.body, now);
      } else {
        verifier.supplyFailure(id, outcome.reason, outcome.detail, now);
      }
    });
  }

  #current(): WasmVerifier {
    if (this.#generation !== currentGeneration()) {
      this.#verifier = this.#make();
      this.#generation = currentGeneration();
    }
    return this.#verifier;
  }

  #make(): WasmVerifier {
    const { keys, keyStore } = this.#host;
    const verifier = faultsAs(
      (detail) => {
        const { faults, message } = detail as { faults?: PolicyFault[]; message?: string };
        return faults === undefined
          ? new OptionsError("options.type", "keyStore", `\`keyStore\`: ${message}`)
          : new PolicyError(faults);
      },
      () => call((wasm) => new wasm.Verifier(this.#policy, keyStore)),
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

function faultsAs<T>(error: (detail: unknown) => Error, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw thrown instanceof Fault ? error(thrown.detail) : thrown;
  }
}
