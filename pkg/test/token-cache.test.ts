import assert from "node:assert/strict";
import { test } from "node:test";

import { createVerifier, InternalError, memoryReplay, OptionsError, VerificationError } from "../src/index.js";
import type { Verifier, VerifierEvent, VerifierOptions } from "../src/index.js";
import { call } from "../src/engine.js";

import { AUDIENCE, KEY_SET, NOW, ORGANIZATION, json, keyRing, localIssuer, mint, policyFor } from "./issuer.js";

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
const POLICY = { audience: AUDIENCE, trust: [{ organization: ORGANIZATION }] };
/** The policy's clock tolerance: its default. */
const TOLERANCE = 30;

interface Clock {
  now: number;
}

function keeping(maxTokens: number, clock: Clock = { now: NOW }, options: VerifierOptions = {}): Verifier {
  const keys = { [ISSUER]: KEY_SET };
  return createVerifier(POLICY, { keys, now: () => clock.now, tokenCache: { maxTokens }, ...options });
}

function distinct(count: number): string[] {
  return Array.from({ length: count }, (_, number) => mint({ iss: ISSUER, jti: `token ${number}` }));
}

/** The identity, or the code of the refusal. */
function outcome(verifier: Verifier, token: string): unknown {
  try {
    return verifier.verifySync(token);
  } catch (error) {
    assert.ok(error instanceof VerificationError, String(error));
    return error.code;
  }
}

function isDeepFrozen(value: unknown): boolean {
  return (
    typeof value !== "object" ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen))
  );
}

test("a token that is shown again has the identity that it had, which nobody can change", async () => {
  const verifier = keeping(10);
  const token = mint({ iss: ISSUER, list: [{ of: ["things"] }], ["__proto__"]: { x: 1 } });
  const first = verifier.verifySync(token);
  assert.ok(isDeepFrozen(first), "the first caller shares it with all later ones");
  // A text of its own with the same characters, as it comes with another request.
  const again = Buffer.from(token).toString("latin1");
  assert.equal(verifier.verifySync(again), first);
  assert.equal(await verifier.verify(again), first);
  assert.throws(() => Object.assign(first.principal, { account: "000000000000" }), TypeError);
  assert.deepEqual(verifier.metrics().cachedTokens, { hits: 2, misses: 1 });
  const plain = createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => NOW });
  assert.deepEqual(plain.verifySync(token), first);
});

test("without the option nothing is kept or frozen", () => {
  const verifier = createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => NOW });
  const token = mint({ iss: ISSUER });
  const first = verifier.verifySync(token);
  assert.notEqual(verifier.verifySync(token), first);
  assert.equal(Object.isFrozen(first), false);
  assert.deepEqual(verifier.metrics().cachedTokens, { hits: 0, misses: 0 });
});

test("only the very same text is recalled", () => {
  const verifier = keeping(10);
  const token = mint({ iss: ISSUER });
  verifier.verifySync(token);
  for (let at = 0; at < token.length; at += 7) {
    const other = token[at] === "A" ? "B" : "A";
    const changed = token.slice(0, at) + other + token.slice(at + 1);
    assert.equal(typeof outcome(verifier, changed), "string", `changed at ${at}`);
  }
  for (const changed of ["", ` ${token}`, `${token}\n`, token.slice(1), token.slice(-32), `${token}\u{0}`]) {
    assert.equal(typeof outcome(verifier, changed), "string", JSON.stringify(changed));
  }
  assert.equal(verifier.metrics().cachedTokens.hits, 0);
  verifier.verifySync(token);
  assert.equal(verifier.metrics().cachedTokens.hits, 1);
});

test("the time counts at every use, whichever way the clock goes", () => {
  const clock = { now: NOW };
  const verifier = keeping(10, clock);
  const token = mint({ iss: ISSUER, exp: NOW + 300 });
  verifier.verifySync(token);
  const expected: readonly [now: number, code: string | undefined][] = [
    [NOW + 300 + TOLERANCE - 1, undefined],
    [NOW + 300 + TOLERANCE, "time.expired"],
    [NOW - TOLERANCE, undefined],
    [NOW - TOLERANCE - 1, "time.issued_in_future"],
    [0, "time.issued_in_future"],
    [NOW, undefined],
  ];
  for (const [now, code] of expected) {
    clock.now = now;
    const found = outcome(verifier, token);
    assert.equal(typeof found === "string" ? found : undefined, code, `at ${now - NOW}`);
  }
  assert.deepEqual(verifier.metrics().cachedTokens, { hits: 3, misses: 4 });
});

test("keys are renewed as ever, and a token whose key was withdrawn is refused at once", async (t) => {
  const local = await localIssuer();
  t.after(() => local.close());
  const ring = keyRing("EC384_0");
  const clock = { now: NOW };
  const verifier = createVerifier(policyFor(local.issuer), {
    now: () => clock.now,
    keyStore: { lifetimeSeconds: 100, minLifetimeSeconds: 100 },
    tokenCache: { maxTokens: 10 },
  });
  const token = mint({ iss: local.issuer, exp: NOW + 1000 });
  await verifier.verify(token);
  const asked = local.requests.length;
  clock.now += 70;
  await verifier.verify(token);
  assert.equal(local.requests.length, asked, "it is too early to renew the keys");
  // After 75 to 90 percent of their time.
  clock.now = RENEWED_AT;
  await verifier.verify(token);
  await until(() => local.requests.length > asked && !isWaiting(verifier, local.issuer));
  const { hits } = verifier.metrics().cachedTokens;
  await verifier.verify(token);
  assert.equal(verifier.metrics().cachedTokens.hits, hits + 1, "the same key came again");
  local.answer("keys", json(ring.keySet));
  clock.now += 101;
  await assert.rejects(verifier.verify(token), { code: "signature.invalid" });
  assert.throws(() => verifier.verifySync(token), { code: "signature.invalid" });
  const claims = { iss: local.issuer, iat: clock.now, exp: clock.now + 300 };
  await verifier.verify(ring.mint("EC384_0", claims));
});

const RENEWED_AT = NOW + 91;

/** Whether the renewal that was begun has not arrived. */
function isWaiting(verifier: Verifier, issuer: string): boolean {
  const { issuers } = JSON.parse(verifier.snapshot()) as { issuers: { issuer: string; fetchedAt: number }[] };
  return issuers.every((entry) => entry.issuer !== issuer || entry.fetchedAt < RENEWED_AT);
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !condition(); round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok(condition(), "it did not happen within five seconds");
}

test("a token that can be used once is not kept", () => {
  const replay = { store: memoryReplay(), whenUnavailable: "refuse" } as const;
  const verifier = keeping(10, undefined, { replay });
  const token = mint({ iss: ISSUER });
  verifier.verifySync(token);
  for (let round = 0; round < 2; round += 1) {
    assert.equal(outcome(verifier, token), "token.replayed");
  }
  assert.equal(verifier.metrics().cachedTokens.hits, 0);
});

test("a report is made anew", () => {
  const clock = { now: NOW };
  const verifier = keeping(10, clock);
  const token = mint({ iss: ISSUER });
  verifier.verifySync(token);
  assert.equal(verifier.explainSync(token).accepted, true);
  clock.now += 4000;
  assert.equal(verifier.explainSync(token).rejection?.code, "time.expired");
  assert.deepEqual(verifier.metrics().cachedTokens, { hits: 0, misses: 1 });
});

test("nothing is kept across a trap, and what is shown again is verified again", () => {
  const verifier = keeping(10);
  const [first, second] = distinct(2) as [string, string];
  const before = verifier.verifySync(first);
  verifier.verifySync(second);
  const trap = (): never => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  assert.throws(() => call(trap), InternalError);
  // The new instance gives the same places, in another order.
  assert.equal((verifier.verifySync(second) as { tokenId: string }).tokenId, "token 1");
  const after = verifier.verifySync(first);
  assert.deepEqual(after, before);
  assert.notEqual(after, before);
  assert.deepEqual(verifier.metrics().cachedTokens, { hits: 0, misses: 4 });
});

test("the number of tokens is bounded, and refused ones take no place", () => {
  const verifier = keeping(2);
  const tokens = distinct(20);
  const often = mint({ iss: ISSUER, jti: "often" });
  verifier.verifySync(often);
  const junk = mint({ iss: ISSUER, aud: "https://elsewhere.example" });
  for (const token of tokens) {
    const { hits } = verifier.metrics().cachedTokens;
    verifier.verifySync(often);
    assert.equal(verifier.metrics().cachedTokens.hits, hits + 1, "what is used stays");
    verifier.verifySync(token);
    assert.equal(outcome(verifier, junk), "audience.mismatch");
  }
  const { hits } = verifier.metrics().cachedTokens;
  tokens.forEach((token) => verifier.verifySync(token));
  assert.ok(verifier.metrics().cachedTokens.hits - hits <= 1);
});

test("in any order and at any time it says what a verifier says that keeps nothing", () => {
  const clock = { now: NOW };
  const verifier = keeping(3, clock);
  const plain = createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => clock.now });
  const tokens = [
    ...distinct(5),
    mint({ iss: ISSUER, nbf: NOW + 60, exp: NOW + 120 }),
    mint({ iss: ISSUER, aud: "https://elsewhere.example" }),
    mint({ iss: "https://stranger.example" }),
  ];
  // A small linear congruential generator, so that a failure can be seen again.
  let state = 1;
  const below = (limit: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  for (let round = 0; round < 1500; round += 1) {
    clock.now = NOW - 60 + below(10) * 50;
    for (const token of [tokens[below(tokens.length)] as string, tokens[0] as string]) {
      assert.deepEqual(outcome(verifier, token), outcome(plain, token), `round ${round}`);
    }
  }
  assert.ok(verifier.metrics().cachedTokens.hits > 500);
});

test("an accepted token is told of, whether it was kept or not", () => {
  const events: VerifierEvent[] = [];
  const verifier = keeping(10, undefined, { onEvent: (event) => events.push(event) });
  const token = mint({ iss: ISSUER });
  verifier.verifySync(token);
  verifier.verifySync(token);
  const [first, second] = events.map((event) => ({ ...event, durationMs: 0 }));
  assert.equal(events.length, 2);
  assert.deepEqual(first, second);
  assert.deepEqual(events[1], { type: "verified", issuer: ISSUER, stale: false, waits: 0, durationMs: 0 });
  const { verified, hits, verification } = verifier.metrics();
  assert.deepEqual([verified, hits, verification.count], [2, 2, 2]);
});

test("what is no text is refused as ever", () => {
  const verifier = keeping(10);
  for (const token of [undefined, null, 5, ["a"], Buffer.from("a")]) {
    assert.equal(outcome(verifier, token as never), "token.empty");
  }
});

test("the option is checked", () => {
  for (const maxTokens of [0, -1, 1.5, 100_001, Number.NaN, "10", undefined, null]) {
    assert.throws(
      () => keeping(maxTokens as number),
      (error) => error instanceof OptionsError && error.code === "options.type" && error.option === "tokenCache.maxTokens",
      String(maxTokens),
    );
  }
  const withOption = (tokenCache: unknown) => () => createVerifier(POLICY, { tokenCache: tokenCache as never });
  assert.throws(withOption({ maxTokens: 1, ttl: 5 }), { code: "options.unknown", option: "tokenCache.ttl" });
  for (const wrong of [true, 5, null, [], new Map()]) {
    assert.throws(withOption(wrong), { code: "options.type", option: "tokenCache" });
  }
  for (const maxTokens of [1, 100_000]) {
    keeping(maxTokens).verifySync(mint({ iss: ISSUER }));
  }
});
