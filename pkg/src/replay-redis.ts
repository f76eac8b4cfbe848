/** Remembering used tokens in Redis or Valkey, for a service of several processes. */
import { OptionsError } from "./errors.js";
import { isPlain, refuseOthers } from "./plain.js";
import type { ReplayAnswer, ReplayStore } from "./replay.js";

/** A client of the package `redis` (node-redis, 4 and later) or `ioredis` (5 and later), or of their clusters. */
export interface RedisClient {
  set(...command: never[]): unknown;
  exists(...command: never[]): unknown;
}

export interface RedisReplayOptions {
  /**
   * What the keys begin with: `countersign:once:` unless given. Services that share a server and accept the
   * same tokens each need one of their own.
   */
  readonly prefix?: string | undefined;
}

/**
 * Remembers used tokens in Redis or Valkey, through your own client: a token is claimed by one
 * `SET key 1 EX seconds NX`, so of all processes that see it exactly one accepts it.
 *
 * Have the server never evict (`maxmemory-policy noeviction`): then it refuses when it is full, and so does
 * the verifier, with `replay.full`.
 *
 * @throws {OptionsError} when it is neither client, or an option is unknown or cannot be used.
 */
export function redisReplay(client: RedisClient, options: RedisReplayOptions = {}): ReplayStore {
  if (!isPlain(options)) {
    throw new OptionsError("options.type", "redisReplay", "`redisReplay` takes a client and a plain object.");
  }
  const { prefix = "countersign:once:", ...others } = options;
  refuseOthers("redisReplay", others);
  if (typeof prefix !== "string") {
    throw new OptionsError("options.type", "prefix", "`prefix` must be a text.");
  }
  return new RedisReplay(commandsOf(client), prefix);
}

/** The two commands that are needed, as each client takes them. */
interface Commands {
  setNew(key: string, seconds: number): unknown;
  exists(key: string): unknown;
}

class RedisReplay implements ReplayStore {
  readonly #commands: Commands;
  readonly #prefix: string;

  constructor(commands: Commands, prefix: string) {
    this.#commands = commands;
    this.#prefix = prefix;
  }

  async once(key: string, expiresAt: number, now: number): Promise<ReplayAnswer> {
    const seconds = expiresAt - now;
    if (!(seconds > 0)) {
      return "seen";
    }
    try {
      // Seconds from now, not a point in time: the server's clock need not be right.
      return claimed(await this.#commands.setNew(this.#prefix + key, seconds + SPARE_SECONDS));
    } catch (error) {
      if (isOutOfMemory(error)) {
        return "full";
      }
      throw error;
    }
  }

  async peek(key: string, expiresAt: number, now: number): Promise<ReplayAnswer> {
    return expiresAt > now ? found(await this.#commands.exists(this.#prefix + key)) : "seen";
  }
}

/** How much longer a token is remembered: clocks of hosts differ, and another may take it for living still. */
const SPARE_SECONDS = 60;

function claimed(reply: unknown): ReplayAnswer {
  return reply === null ? "seen" : known(reply, { OK: "first" });
}

function found(reply: unknown): ReplayAnswer {
  return known(reply, { 0: "first", 1: "seen" });
}

/** Clients can be set to give replies as buffers or texts. What is none of these, the verifier refuses. */
function known(reply: unknown, answers: Readonly<Record<string, ReplayAnswer>>): ReplayAnswer {
  const text = typeof reply === "number" || reply instanceof Uint8Array ? String(reply) : reply;
  return (typeof text === "string" && Object.hasOwn(answers, text) ? answers[text] : reply) as ReplayAnswer;
}

/** The server's own word for "full": it would have to evict, and may not. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("OOM ");
}

function commandsOf(client: RedisClient): Commands {
  const its = (typeof client === "object" && client !== null ? client : {}) as Record<string, unknown> & AnyClient;
  if (typeof its.set === "function" && typeof its.exists === "function") {
    // ioredis alone can be taught commands, and node-redis alone has each in capitals, too.
    if (typeof its["defineCommand"] === "function") {
      return {
        setNew: (key, seconds) => its.set(key, "1", "EX", seconds, "NX"),
        exists: (key) => its.exists(key),
      };
    }
    if (typeof its["SET"] === "function") {
      return {
        setNew: (key, seconds) => its.set(key, "1", { EX: seconds, NX: true }),
        exists: (key) => its.exists(key),
      };
    }
  }
  throw new OptionsError(
    "options.type",
    "redisReplay",
    "`redisReplay` takes a client of the package `redis` (4 and later) or `ioredis` (5 and later); for another, write a `ReplayStore`.",
  );
}

interface AnyClient {
  set(...command: unknown[]): unknown;
  exists(key: string): unknown;
}
