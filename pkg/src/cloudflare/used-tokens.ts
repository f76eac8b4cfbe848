/** Used tokens in Durable Objects. */
import { OptionsError } from "../errors.js";
import { isPlain, refuseOthers } from "../plain.js";
import type { ReplayAnswer, ReplayStore } from "../replay.js";
import { requireMethods } from "./methods.js";

/** The namespace of the Durable Objects of `UsedTokens`, as far as it is needed. */
export interface UsedTokensNamespace {
  idFromName(name: string): unknown;
  get(id: never): { fetch(url: string, init: { method: string; body: string }): Promise<Response> };
}

export interface DurableObjectReplayOptions {
  /** What the objects are called, before their number: `countersign` unless given. */
  readonly name?: string | undefined;
  /**
   * On how many objects tokens are spread, from 1 to 1024: 16 unless given. More of them
   * answer more tokens at once.
   * A token that was used before a change of this number can be used once more after it.
   */
  readonly objects?: number | undefined;
}

/**
 * Remembers used tokens in Durable Objects, which all isolates everywhere share: each token belongs to one object,
 * which takes one claim after the other. Export `UsedTokens` from the worker's main module, and bind it.
 *
 * @throws {OptionsError} when it is no such namespace, or an option is unknown or cannot be used.
 */
export function durableObjectReplay(namespace: UsedTokensNamespace, options: DurableObjectReplayOptions = {}): ReplayStore {
  requireMethods("durableObjectReplay", "a namespace of Durable Objects", namespace, ["get", "idFromName"]);
  if (!isPlain(options)) {
    throw new OptionsError("options.type", "durableObjectReplay", "`durableObjectReplay` takes a namespace and a plain object.");
  }
  const { name = "countersign", objects = 16, ...others }: DurableObjectReplayOptions = options;
  refuseOthers("durableObjectReplay", others);
  if (typeof name !== "string") {
    throw new OptionsError("options.type", "name", "`name` must be a text.");
  }
  if (!Number.isSafeInteger(objects) || objects < 1 || objects > MOST_OBJECTS) {
    const message = `\`objects\` must be a whole number from 1 to ${MOST_OBJECTS}.`;
    throw new OptionsError("options.type", "objects", message);
  }
  const ask = async (question: Question): Promise<ReplayAnswer> => {
    const object = namespace.get(namespace.idFromName(`${name}/${spread(question.key) % objects}`) as never);
    const response = await object.fetch("https://used-tokens.invalid/", { method: "POST", body: JSON.stringify(question) });
    if (!response.ok) {
      throw new Error(`the Durable Object answered with status ${response.status}`);
    }
    return (await response.text()) as ReplayAnswer;
  };
  return {
    once: (key, expiresAt, now) => ask({ key, expiresAt, now, claiming: true }),
    peek: (key, expiresAt, now) => ask({ key, expiresAt, now, claiming: false }),
  };
}

const MOST_OBJECTS = 1024;

interface Question {
  readonly key: string;
  readonly expiresAt: number;
  readonly now: number;
  readonly claiming: boolean;
}

/** Keys are digests: any of their characters spread them. */
function spread(key: string): number {
  let sum = 0;
  for (const character of key.slice(0, 16)) {
    sum = (sum * 31 + character.charCodeAt(0)) % 65_536;
  }
  return sum;
}

/** A Durable Object's storage, as far as it is needed. */
export interface UsedTokensStorage {
  get(key: string): Promise<unknown>;
  put(key: string, value: number): Promise<void>;
  list(options: { startAfter?: string; limit: number }): Promise<Map<string, unknown>>;
  delete(keys: string[]): Promise<unknown>;
  getAlarm(): Promise<number | null>;
  setAlarm(time: number): Promise<void>;
}

/** The Durable Object of `durableObjectReplay`: remembers which tokens were used until they have expired. */
export class UsedTokens {
  readonly #storage: UsedTokensStorage;

  constructor(state: { readonly storage: UsedTokensStorage }) {
    this.#storage = state.storage;
  }

  async fetch(request: Request): Promise<Response> {
    return new Response(await this.#answer((await request.json()) as Question));
  }

  /** Forgets what has expired. */
  async alarm(): Promise<void> {
    const now = Date.now() / 1000;
    let startAfter: string | undefined;
    let isEmpty = true;
    for (;;) {
      const page = await this.#storage.list({ ...(startAfter !== undefined && { startAfter }), limit: PAGE });
      const expired = [...page].filter(([, until]) => !(typeof until === "number" && until > now)).map(([key]) => key);
      if (expired.length > 0) {
        await this.#storage.delete(expired);
      }
      isEmpty &&= expired.length === page.size;
      startAfter = [...page.keys()].at(-1);
      if (page.size < PAGE) {
        break;
      }
    }
    if (!isEmpty) {
      await this.#storage.setAlarm(Date.now() + SWEEP_MS);
    }
  }

  /** Between reading and writing nothing else is awaited: no other request comes in between (input gates). */
  async #answer({ key, expiresAt, now, claiming }: Question): Promise<ReplayAnswer> {
    if (expiresAt <= now) {
      return "seen";
    }
    if ((await this.#storage.get(key)) !== undefined) {
      return "seen";
    }
    if (claiming) {
      await this.#storage.put(key, expiresAt + SPARE_SECONDS);
      if ((await this.#storage.getAlarm()) === null) {
        await this.#storage.setAlarm(Date.now() + SWEEP_MS);
      }
    }
    return "first";
  }
}

/** How much longer a token is remembered: clocks differ, and another may take it for living still. */
const SPARE_SECONDS = 60;
/** No more can be deleted at once. */
const PAGE = 128;
const SWEEP_MS = 600_000;
