import assert from "node:assert/strict";
import { test } from "node:test";

import { KeptKeys, UsedTokens, cacheStore, durableObjectReplay, durableObjectStore, kvStore } from "../src/cloudflare.js";
import type { KeptKeysStorage, UsedTokensStorage } from "../src/cloudflare.js";

/** A Durable Object's storage in memory. */
function storage(): { entries: Map<string, unknown>; alarms: number[]; state: { storage: UsedTokensStorage } } {
  const entries = new Map<string, unknown>();
  const alarms: number[] = [];
  const storage: UsedTokensStorage = {
    get: async (key) => entries.get(key),
    put: async (key, value) => void entries.set(key, value),
    list: async ({ startAfter, limit }) =>
      new Map([...entries].sort().filter(([key]) => startAfter === undefined || key > startAfter).slice(0, limit)),
    delete: async (keys) => {
      assert.ok(keys.length <= 128, "no more at once");
      keys.forEach((key) => entries.delete(key));
    },
    getAlarm: async () => alarms.at(-1) ?? null,
    setAlarm: async (time) => void alarms.push(time),
  };
  return { entries, alarms, state: { storage } };
}

async function ask(object: UsedTokens, question: object): Promise<string> {
  const body = JSON.stringify({ key: "k", expiresAt: 2000, now: 1000, claiming: true, ...question });
  return (await object.fetch(new Request("https://object", { method: "POST", body }))).text();
}

test("a token is claimed once, and looking claims nothing", async () => {
  const { entries, alarms, state } = storage();
  const object = new UsedTokens(state);
  assert.equal(await ask(object, { claiming: false }), "first");
  assert.equal(entries.size, 0);
  assert.equal(await ask(object, {}), "first");
  assert.equal(await ask(object, {}), "seen");
  assert.equal(await ask(object, { claiming: false }), "seen");
  assert.equal(await ask(object, { key: "other" }), "first");
  assert.equal(await ask(object, { key: "expired", expiresAt: 1000 }), "seen");
  assert.equal(alarms.length, 1, "set once");
  assert.deepEqual([...entries], [["k", 2060], ["other", 2060]]);
});

test("what has expired is forgotten, however much it is, and living tokens are not", async () => {
  const { entries, alarms, state } = storage();
  const object = new UsedTokens(state);
  const now = Math.floor(Date.now() / 1000);
  for (let index = 0; index < 1000; index += 1) {
    entries.set(`key ${index}`, index % 2 === 0 ? now - 1 : now + 100);
  }
  await object.alarm();
  assert.equal(entries.size, 500);
  assert.ok([...entries.values()].every((until) => (until as number) > now));
  assert.equal(alarms.length, 1, "it looks again");
  for (const key of entries.keys()) {
    entries.set(key, now - 1);
  }
  await object.alarm();
  assert.equal(entries.size, 0);
  assert.equal(alarms.length, 1, "nothing is left to look after");
});

test("tokens are spread over the objects, and each is always with the same one", async () => {
  const names: string[] = [];
  const replay = durableObjectReplay({
    idFromName: (name) => names.push(name),
    get: () => ({ fetch: async () => new Response("first") }),
  }, { name: "n", objects: 4 });
  for (let index = 0; index < 400; index += 1) {
    const key = index.toString(16).padStart(32, "0").split("").reverse().join("");
    await replay.once(key, 2, 1);
    await replay.peek(key, 2, 1);
    assert.equal(names.at(-1), names.at(-2));
  }
  const counts = ["n/0", "n/1", "n/2", "n/3"].map((name) => names.filter((one) => one === name).length);
  assert.equal(counts.reduce((sum, count) => sum + count), 800);
  assert.ok(counts.every((count) => count > 100), String(counts));
});

test("an object that fails is no answer", async () => {
  const replay = durableObjectReplay({
    idFromName: () => 0,
    get: () => ({ fetch: async () => new Response("overloaded", { status: 503 }) }),
  });
  await assert.rejects(async () => replay.once("k", 2, 1), /status 503/);
});

/** A namespace of one object, over storage that takes no more than Cloudflare's does. */
function keptKeys(): { namespace: Parameters<typeof durableObjectStore>[0]; names: string[] } {
  const entries = new Map<string, unknown>();
  const names: string[] = [];
  async function get(key: string | string[]): Promise<never> {
    assert.ok(typeof key === "string" || key.length <= 128, "no more at once");
    return (typeof key === "string" ? entries.get(key) : new Map(key.map((one) => [one, entries.get(one)]))) as never;
  }
  const storage: KeptKeysStorage = {
    get,
    put: async (values) => {
      assert.ok(Object.keys(values).length <= 128, "no more at once");
      for (const [key, value] of Object.entries(values)) {
        assert.ok(typeof value === "number" || Buffer.byteLength(value as string, "utf16le") < 128 * 1024, "no larger value");
        entries.set(key, value);
      }
    },
  };
  const object = new KeptKeys({ storage });
  const fetch = (url: string, init: RequestInit): Promise<Response> => object.fetch(new Request(url, init));
  return { namespace: { idFromName: (name) => names.push(name), get: () => ({ fetch }) }, names };
}

test("an object keeps a text of any length, and the newest only", async () => {
  const { namespace, names } = keptKeys();
  const store = durableObjectStore(namespace, "mine");
  assert.equal(await store.load(), undefined);
  for (const text of ["a".repeat(1_000_000), "{}", "\u00fc\u{1f511}".repeat(50_000), "b".repeat(127 * 60_000)]) {
    await store.save(text);
    assert.equal(await store.load(), text);
  }
  await assert.rejects(async () => store.save("c".repeat(127 * 60_000 + 1)), /status 413/);
  assert.equal((await store.load())?.slice(0, 1), "b");
  assert.deepEqual([...new Set(names)], ["mine"]);
});

test("an object that fails keeps nothing, and says so", async () => {
  const failing = { idFromName: () => 0, get: () => ({ fetch: async () => new Response("", { status: 500 }) }) };
  await assert.rejects(async () => durableObjectStore(failing).load(), /status 500/);
  await assert.rejects(async () => durableObjectStore(failing).save("x"), /status 500/);
});

test("what is no namespace, no cache, no number and no option is refused", () => {
  const namespace = { get: () => undefined, idFromName: () => undefined } as never;
  const wrong: (() => unknown)[] = [
    () => kvStore(undefined as never),
    () => kvStore({} as never),
    () => cacheStore({ match: "" } as never),
    () => durableObjectReplay({} as never),
    () => durableObjectStore({} as never),
    () => durableObjectStore(namespace, 3 as never),
    () => durableObjectReplay(namespace, { objects: 0 }),
    () => durableObjectReplay(namespace, { name: 3 } as never),
    () => durableObjectReplay(namespace, new Map() as never),
  ];
  for (const make of wrong) {
    assert.throws(make, { name: "OptionsError", code: "options.type" });
  }
  assert.throws(() => durableObjectReplay(namespace, { shards: 4 } as never), { code: "options.unknown", option: "shards" });
});
