/** Keys in a Durable Object. */
import { OptionsError } from "../errors.js";
import type { SnapshotStore } from "../store.js";
import { requireMethods } from "./methods.js";

/** The namespace of the Durable Objects of `KeptKeys`, as far as it is needed. */
export interface KeptKeysNamespace {
  idFromName(name: string): unknown;
  get(id: never): { fetch(url: string, init: { method: string; body?: string }): Promise<Response> };
}

/**
 * Keeps a verifier's keys in a Durable Object, which all isolates everywhere share: a renewal that one has saved
 * is there for the next one at once, where KV may take a minute to spread. Export `KeptKeys` from the worker's main
 * module, and bind it.
 *
 * @param name - Which object: verifiers with different policies each need one of their own.
 * @throws {OptionsError} when it is no such namespace, or the name no text.
 */
export function durableObjectStore(namespace: KeptKeysNamespace, name = "countersign:keys"): SnapshotStore {
  requireMethods("durableObjectStore", "a namespace of Durable Objects", namespace, ["get", "idFromName"]);
  if (typeof name !== "string") {
    throw new OptionsError("options.type", "name", "`name` must be a text.");
  }
  const ask = async (init: { method: string; body?: string }): Promise<Response> => {
    const object = namespace.get(namespace.idFromName(name) as never);
    const response = await object.fetch("https://kept-keys.invalid/", init);
    if (!response.ok) {
      throw new Error(`the Durable Object answered with status ${response.status}`);
    }
    return response;
  };
  return {
    load: async () => {
      const text = await (await ask({ method: "GET" })).text();
      return text === "" ? undefined : text;
    },
    save: async (snapshot) => {
      await (await ask({ method: "PUT", body: snapshot })).text();
    },
  };
}

/** A Durable Object's storage, as far as it is needed. */
export interface KeptKeysStorage {
  get(key: string): Promise<unknown>;
  get(keys: string[]): Promise<Map<string, unknown>>;
  put(entries: Record<string, unknown>): Promise<void>;
}

/** The Durable Object of `durableObjectStore`: keeps one text, in pieces that its storage takes. */
export class KeptKeys {
  readonly #storage: KeptKeysStorage;

  constructor(state: { readonly storage: KeptKeysStorage }) {
    this.#storage = state.storage;
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method !== "PUT") {
      return new Response(await this.#read());
    }
    const text = await request.text();
    if (text.length > PIECE * MOST_PIECES) {
      return new Response(null, { status: 413 });
    }
    await this.#write(text);
    return new Response(null);
  }

  async #read(): Promise<string> {
    const count = await this.#storage.get(COUNT);
    if (typeof count !== "number") {
      return "";
    }
    const names = Array.from({ length: count }, (_, index) => pieceName(index));
    const pieces = await this.#storage.get(names);
    return names.map((name) => pieces.get(name) as string).join("");
  }

  /** All at once, or nothing. Pieces of a longer text before stay behind unread, until one as long comes. */
  async #write(text: string): Promise<void> {
    const count = Math.ceil(text.length / PIECE);
    const entries: Record<string, unknown> = { [COUNT]: count };
    for (let index = 0; index < count; index += 1) {
      entries[pieceName(index)] = text.slice(index * PIECE, (index + 1) * PIECE);
    }
    await this.#storage.put(entries);
  }
}

const COUNT = "pieces";
/** In characters. A value may have 128 KiB, of which a character takes two octets at most. */
const PIECE = 60_000;
/** No more than 128 values can be written at once, and the count is one of them. */
const MOST_PIECES = 127;

function pieceName(index: number): string {
  return `piece ${index}`;
}
