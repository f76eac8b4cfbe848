// Each token is accepted once: by memory, by stores that answer in every way, and by no default.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createVerifier, memoryReplay, OptionsError, redisReplay, VerificationError } from "countersign";
import type { ReplayEvent, ReplayOptions, ReplayStore, Verifier, VerifierEvent } from "countersign";

import { AUDIENCE, KEY_SET, NOW, ORGANIZATION, mint } from "./issuer.js";

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
const POLICY = { audience: AUDIENCE, trust: [{ organization: ORGANIZATION }] };
const CHOICES = ["accept", "refuse"] as const;

interface Clock {
  now: number;
}

function protectedBy(replay: ReplayOptions, clock: Clock = { now: NOW }, onEvent?: (e: VerifierEvent) => void): Verifier {
  return createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => clock.now, replay, onEvent });
}

function token(jti: string, exp = NOW + 300): string {
  return mint({ iss: ISSUER, jti, exp });
}

/** The code of the verdict, on which the report agrees; `undefined` if the token is accepted. */
async function codeOf(verifier: Verifier, text: string): Promise<string | undefined> {
  const report = await verifier.explain(text);
  const code = await verifier.verify(text).then(
    () => undefined,
    (error: unknown) => (error instanceof VerificationError ? error.code : assert.fail(String(error))),
  );
  assert.equal(report.rejection?.code, code, "explain and verify differ");
  assert.equal(report.accepted, code === undefined);
  return code;
}

/** A store that answers everything in one way. */
function storeOf(answer: () => unknown): ReplayStore & { asked: string[] } {
  const asked: string[] = [];
  const reply = (call: string) => (): never => {
    asked.push(call);
    return answer() as never;
  };
  return { asked, once: reply("once"), peek: reply("peek") };
}

test("a token is accepted once, and explaining it uses nothing up", async () => {
  const verifier = protectedBy({ store: memoryReplay(), whenUnavailable: "refuse" });
  const text = token("a");
  for (let round = 0; round < 3; round += 1) {
    assert.equal((await verifier.explain(text)).accepted, true);
    assert.equal(verifier.explainSync(text).accepted, true);
  }
  assert.equal((await verifier.verify(text)).tokenId, "a");
  await assert.rejects(verifier.verify(text), (error) => {
    assert.ok(error instanceof VerificationError);
    const { code, check, status, retryable, found, cause } = error;
    assert.deepEqual(
      { code, check, status, retryable, cause },
      { code: "token.replayed", check: "replay", status: 401, retryable: false, cause: undefined },
    );
    assert.match(found, /"a"/);
    return true;
  });
  assert.throws(() => verifier.verifySync(text), { code: "token.replayed" });
  assert.equal((await verifier.explain(text)).rejection?.code, "token.replayed");
  assert.equal(verifier.verifySync(token("b")).tokenId, "b");
  assert.throws(() => verifier.verifySync(token("b")), { code: "token.replayed" });
});

test("without the option tokens are accepted again and again, and the report does not speak of it", async () => {
  const verifier = createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => NOW });
  await verifier.verify(token("a"));
  await verifier.verify(token("a"));
  for (const text of [token("a"), "not a token"]) {
    const { checks } = await verifier.explain(text);
    assert.equal(checks.at(-1)?.check, "trust");
  }
});

for (const kind of ["memory", "asynchronous"] as const) {
  test(`of many at once with one token one is accepted (${kind})`, async () => {
    const memory = memoryReplay();
    const later: ReplayStore = {
      once: async (...question) => (await tick(), memory.once(...question)),
      peek: async (...question) => (await tick(), memory.peek(...question)),
    };
    const verifier = protectedBy({ store: kind === "memory" ? memory : later, whenUnavailable: "refuse" });
    for (let round = 0; round < 20; round += 1) {
      const text = token(`round ${round}`);
      const all = await Promise.allSettled(Array.from({ length: 20 }, () => verifier.verify(text)));
      assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1);
    }
  });
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("a token that is refused anyway is not used up", async () => {
  const store = storeOf(() => "first");
  const verifier = protectedBy({ store, whenUnavailable: "accept" });
  for (const claims of [{ aud: "https://other.example.com" }, { exp: NOW - 100 }, { jti: undefined }]) {
    await assert.rejects(verifier.verify(mint({ iss: ISSUER, jti: "a", ...claims })), VerificationError);
  }
  await assert.rejects(verifier.verify("not a token"), VerificationError);
  await assert.rejects(verifier.verify(undefined as never), VerificationError);
  assert.deepEqual(store.asked, []);
});

test("a full memory refuses, whatever was chosen, until a token expires", async () => {
  for (const whenUnavailable of CHOICES) {
    const clock = { now: NOW };
    const verifier = protectedBy({ store: memoryReplay({ maxEntries: 2 }), whenUnavailable }, clock);
    assert.equal(await codeOf(verifier, token("a", NOW + 100)), undefined);
    assert.equal(await codeOf(verifier, token("b", NOW + 200)), undefined);
    const error = await verifier.verify(token("c")).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof VerificationError);
    assert.deepEqual([error.code, error.status, error.retryable], ["replay.full", 503, true]);
    assert.equal(await codeOf(verifier, token("a", NOW + 100)), "token.replayed");
    // The policy's clock tolerance is 30 seconds.
    clock.now = NOW + 129;
    assert.equal(await codeOf(verifier, token("c")), "replay.full");
    clock.now = NOW + 130;
    assert.equal(await codeOf(verifier, token("c")), undefined);
    assert.equal(await codeOf(verifier, token("d")), "replay.full");
    assert.equal(await codeOf(verifier, token("a", NOW + 100)), "time.expired");
  }
});

test("a clock that goes back revives no token", async () => {
  const clock = { now: NOW };
  const verifier = protectedBy({ store: memoryReplay(), whenUnavailable: "refuse" }, clock);
  await verifier.verify(token("a", NOW + 100));
  clock.now = NOW + 140;
  await verifier.verify(token("b"));
  clock.now = NOW + 10;
  assert.equal(await codeOf(verifier, token("a", NOW + 100)), "token.replayed");
});

const OUTAGES: Record<"failed" | "timeout", () => unknown> = {
  failed: () => Promise.reject(new Error("connect ECONNREFUSED")),
  timeout: () => new Promise(() => undefined),
};

for (const [outcome, answer] of Object.entries(OUTAGES)) {
  test(`a store that does not answer (${outcome}) refuses or accepts by choice, and is told of`, async () => {
    for (const whenUnavailable of CHOICES) {
      const events: ReplayEvent[] = [];
      const replay = { store: storeOf(answer), whenUnavailable, timeoutSeconds: 0.02 };
      const verifier = protectedBy(replay, undefined, (event) => {
        if (event.type === "replay") {
          events.push(event);
        }
      });
      const expected = whenUnavailable === "refuse" ? "replay.unavailable" : undefined;
      assert.equal(await codeOf(verifier, token("a")), expected);
      assert.deepEqual(
        events.map(({ outcome, claiming }) => ({ outcome, claiming })),
        [{ outcome, claiming: false }, { outcome, claiming: true }],
      );
      assert.ok(events.every(({ error }) => error instanceof Error));
      const error = await verifier.verify(token("a")).catch((thrown: unknown) => thrown);
      if (error instanceof VerificationError) {
        assert.deepEqual([error.status, error.retryable, error.check], [503, true, "replay"]);
        assert.equal(error.cause, events.at(-1)?.error);
        assert.doesNotMatch(JSON.stringify(error), /ECONNREFUSED/);
      }
    }
  });
}

test("what throws instead of rejecting is an outage like any other", async () => {
  const store = storeOf(() => {
    throw new Error("closed");
  });
  assert.equal(await codeOf(protectedBy({ store, whenUnavailable: "refuse" }), token("a")), "replay.unavailable");
  assert.equal(await codeOf(protectedBy({ store, whenUnavailable: "accept" }), token("a")), undefined);
  const synchronous = { ...store, synchronous: true };
  const verifier = protectedBy({ store: synchronous, whenUnavailable: "accept" });
  assert.equal(verifier.verifySync(token("a")).tokenId, "a");
});

test("an answer that is none refuses the token, whatever was chosen", async () => {
  const answers = [undefined, null, true, 1, "", "OK", "First", "notAsked", "failed", {}, ["first"]];
  for (const whenUnavailable of CHOICES) {
    for (const answer of answers.flatMap((value) => [() => value, () => Promise.resolve(value)])) {
      const verifier = protectedBy({ store: storeOf(answer), whenUnavailable });
      assert.equal(await codeOf(verifier, token("a")), "replay.unavailable");
    }
    // A promise is no answer of a store that says it is synchronous, and its failure ends no process.
    const store = { ...storeOf(() => Promise.reject(new Error("late"))), synchronous: true };
    const verifier = protectedBy({ store, whenUnavailable });
    assert.throws(() => verifier.verifySync(token("a")), { code: "replay.unavailable" });
    await tick();
  }
});

test("what cannot wait refuses a store that must be waited for, and uses nothing up", () => {
  const store = storeOf(() => "first");
  const verifier = protectedBy({ store, whenUnavailable: "accept" });
  for (const call of [() => verifier.verifySync(token("a")), () => verifier.explainSync("not a token")]) {
    assert.throws(call, (error) => error instanceof OptionsError && error.code === "options.replay_async");
  }
  assert.deepEqual(store.asked, []);
});

test("there is no default for an outage, and no option is lost", () => {
  const store = memoryReplay();
  const faults: readonly [unknown, string, string][] = [
    [{ store }, "options.type", "replay.whenUnavailable"],
    [{ store, whenUnavailable: "ignore" }, "options.type", "replay.whenUnavailable"],
    [{ store, whenUnavailable: true }, "options.type", "replay.whenUnavailable"],
    [{ whenUnavailable: "refuse" }, "options.type", "replay.store.once"],
    [{ store: { once: () => "first" }, whenUnavailable: "refuse" }, "options.type", "replay.store.peek"],
    [{ store, whenUnavailable: "refuse", timeout: 1 }, "options.unknown", "replay.timeout"],
    ...[0, -1, 61, Number.NaN, "1"].map((timeoutSeconds): [unknown, string, string] => [
      { store, whenUnavailable: "refuse", timeoutSeconds },
      "options.type",
      "replay.timeoutSeconds",
    ]),
    [store, "options.type", "replay"],
    ["memory", "options.type", "replay"],
  ];
  for (const [replay, code, option] of faults) {
    assert.throws(
      () => protectedBy(replay as ReplayOptions),
      (error) => error instanceof OptionsError && error.code === code && error.option === option,
      JSON.stringify(replay),
    );
  }
});

test("the stores take no option that they do not know", () => {
  const client = { set: () => null, exists: () => 0, SET: () => null };
  assert.ok(redisReplay(client));
  const faults: readonly (() => unknown)[] = [
    ...[0, -1, 1.5, 1e9, "9", null].map((maxEntries) => () => memoryReplay({ maxEntries } as never)),
    () => memoryReplay({ max: 1 } as never),
    () => memoryReplay(1 as never),
    () => redisReplay(undefined as never),
    () => redisReplay({} as never),
    () => redisReplay(new Map() as never),
    // Neither client: a wrapper that has only the commands, in a shape nobody knows.
    () => redisReplay({ set: () => null, exists: () => 0 }),
    () => redisReplay(client, { prefix: 1 } as never),
    () => redisReplay(client, { ttl: 1 } as never),
    () => redisReplay(client, "prefix" as never),
  ];
  for (const fault of faults) {
    assert.throws(fault, OptionsError, String(fault));
  }
});

test("the memory is the definition of it, for any order of expiries while time goes on", () => {
  const random = numbers(1);
  let asked = 0;
  for (let round = 0; round < 300; round += 1) {
    const maxEntries = 1 + random(8);
    const memory = memoryReplay({ maxEntries });
    const granted: { key: string; expiresAt: number }[] = [];
    for (let now = 1000, step = 0; step < 80; step += 1) {
      now += random(4);
      const [key, expiresAt] = [String(random(12)), now + random(20)];
      const living = granted.filter((one) => one.expiresAt > now);
      const isUsed = expiresAt <= now || living.some((one) => one.key === key);
      const expected = isUsed ? "seen" : living.length >= maxEntries ? "full" : "first";
      assert.equal(memory.peek(key, expiresAt, now), expected);
      assert.equal(memory.once(key, expiresAt, now), expected);
      if (expected === "first") {
        granted.push({ key, expiresAt });
      }
      asked += 1;
    }
  }
  assert.equal(asked, 24_000);
});

test("whatever the clock does, the memory grants no token twice", () => {
  const random = numbers(2);
  for (let round = 0; round < 300; round += 1) {
    const memory = memoryReplay({ maxEntries: 1 + random(8) });
    const granted = new Set<number>();
    for (let step = 0; step < 80; step += 1) {
      const id = random(12);
      if (memory.once(String(id), 20 + 2 * id, random(60)) === "first") {
        assert.ok(!granted.has(id));
        granted.add(id);
      }
    }
  }
});

/** Whole numbers below a bound, the same in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
