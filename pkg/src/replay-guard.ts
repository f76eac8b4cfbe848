/** Settling judgements that wait for word on replay. */
import type { Core, Detail, Judgement, Once } from "./core.js";
import { InternalError, OptionsError } from "./errors.js";
import type { Host } from "./options.js";
import type { Replay } from "./replay.js";
import { ask, askSync } from "./replay-asking.js";
import type { Asked, ReplayQuestion } from "./replay-asking.js";

/** A token, and when and how closely it was judged. */
export interface Judging {
  token: string;
  now: number;
  detail: Detail;
}

/** A judgement, and why the store of used tokens did not answer, if it did not. */
export interface Settled {
  judgement: Judgement;
  cause?: unknown;
}

/** Between the core, which knows what to claim and what the answer means, and the store. */
export class ReplayGuard {
  readonly #core: Core;
  readonly #host: Host;

  constructor(core: Core, host: Host) {
    this.#core = core;
    this.#host = host;
  }

  /** Asks the store: to claim the token for a verdict, only to look for a report. */
  async settle(once: Once, judging: Judging): Promise<Settled> {
    const generation = this.#core.generation;
    const asked = await ask(this.#replay(), questionOf(once, judging), this.#host.tell);
    return this.#conclude(generation, once, judging, asked);
  }

  /** Asks a synchronous store. */
  settleSync(once: Once, judging: Judging): Settled {
    const asked = askSync(this.#replay(), questionOf(once, judging), this.#host.tell);
    return this.#conclude(this.#core.generation, once, judging, asked);
  }

  /** Gives up a judgement whose verdict nobody needs. Nothing is claimed. */
  abandon(once: Once): void {
    this.#core.settle(this.#core.generation, once.id, "notAsked");
  }

  /**
   * Before a call that cannot wait: a store that answers later would still use the token up.
   *
   * @throws {OptionsError} when the store is not synchronous.
   */
  requireSync(call: "explainSync" | "verifySync"): void {
    const { replay } = this.#host;
    if (replay !== undefined && replay.store.synchronous !== true) {
      throw new OptionsError(
        "options.replay_async",
        "replay.store",
        `\`${call}\` cannot wait for the store of used tokens, which is not synchronous: use \`${call.slice(0, -4)}\`, or \`memoryReplay\`.`,
      );
    }
  }

  #conclude(generation: number, once: Once, { token, now, detail }: Judging, asked: Asked): Settled {
    let judgement = this.#core.settle(generation, once.id, asked.outcome);
    if (judgement === undefined) {
      // The instance that held it was given up meanwhile. The answer still stands: it is the same token.
      const again = this.#core.judge(token, now, detail);
      judgement =
        again.kind === "once" ? this.#core.settle(this.#core.generation, again.id, asked.outcome) : again;
    }
    if (judgement === undefined) {
      throw new InternalError("a judgement waits for word on replay and cannot be settled");
    }
    return asked.error === undefined ? { judgement } : { judgement, cause: asked.error };
  }

  #replay(): Replay {
    const { replay } = this.#host;
    if (replay === undefined) {
      throw new InternalError("word on replay is wanted, and nobody asked for protection");
    }
    return replay;
  }
}

function questionOf({ key, until }: Once, { now, detail }: Judging): ReplayQuestion {
  return { key, until, now, claiming: detail === "verdict" };
}
