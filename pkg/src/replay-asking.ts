/** Asking a store of used tokens, within a time, and telling what it said. */
import { milliseconds } from "countersign-host";

import { since } from "./events.js";
import type { Listener } from "./events.js";
import type { Replay, ReplayOutcome, ReplayStore } from "./replay.js";

/** What the core wants to know. */
export interface ReplayQuestion {
  key: string;
  until: number;
  now: number;
  claiming: boolean;
}

/** What came of asking, and why, if nothing did. */
export interface Asked {
  outcome: ReplayOutcome;
  error?: unknown;
}

/** Asks the store. Never rejects, and settles in time even when the store never does. */
export async function ask(replay: Replay, question: ReplayQuestion, tell: Listener): Promise<Asked> {
  const start = milliseconds();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<Asked>((resolve) => {
    timer = setTimeout(() => {
      const error = new Error(`the store of used tokens did not answer within ${replay.timeoutSeconds} s`);
      resolve({ outcome: "timeout", error });
    }, replay.timeoutSeconds * 1000);
  });
  const answer = async (): Promise<Asked> => read(await put(replay.store, question));
  const asked = await Promise.race([answer().catch(failed), timeout]);
  clearTimeout(timer);
  return told(asked, question, start, tell);
}

/** Asks a synchronous store. */
export function askSync(replay: Replay, question: ReplayQuestion, tell: Listener): Asked {
  const start = milliseconds();
  return told(answerSync(replay.store, question), question, start, tell);
}

function answerSync(store: ReplayStore, question: ReplayQuestion): Asked {
  try {
    const answer = put(store, question);
    // A promise after all: it is no answer, and its failure must not end the process.
    Promise.resolve(answer).catch(() => undefined);
    return read(answer);
  } catch (error) {
    return failed(error);
  }
}

function put(store: ReplayStore, { key, until, now, claiming }: ReplayQuestion): unknown {
  return claiming ? store.once(key, until, now) : store.peek(key, until, now);
}

function read(answer: unknown): Asked {
  if (answer === "first" || answer === "full" || answer === "seen") {
    return { outcome: answer };
  }
  const error = new TypeError(`the store of used tokens answered a value of type ${typeof answer}, which is no answer`);
  return { outcome: "unclear", error };
}

function failed(error: unknown): Asked {
  return { outcome: "failed", error };
}

function told(asked: Asked, { claiming }: ReplayQuestion, start: number, tell: Listener): Asked {
  const { outcome, error } = asked;
  if (outcome !== "notAsked") {
    tell({
      type: "replay",
      outcome,
      claiming,
      ...(error === undefined ? {} : { error }),
      durationMs: since(start),
    });
  }
  return asked;
}
