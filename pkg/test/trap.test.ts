// These look inside: a trap cannot be caused from outside. Each is a real one, of a kind of its own.
import assert from "node:assert/strict";
import { test } from "node:test";

import type * as Bindings from "countersign-bindings";

import { call } from "../src/engine.js";
import { createVerifier, InternalError, memoryReplay } from "../src/index.js";
import type { FetchResponse, ReplayStore } from "../src/index.js";

import { AUDIENCE, KEY_SET, NOW, ORGANIZATION, keyRing, localIssuer, mint, policyFor } from "./issuer.js";

type Wasm = typeof Bindings;

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
const POLICY = JSON.stringify({ audience: AUDIENCE, trust: [{ organization: ORGANIZATION }] });

/** What leaves an instance in an unknown state. */
const TRAPS: Readonly<Record<string, (wasm: Wasm) => unknown>> = {
  "a pointer outside memory": (wasm) => {
    const stray = Object.create(wasm.Verifier.prototype) as Bindings.Verifier & { __wbg_ptr: number };
    stray.__wbg_ptr = 0x7fff_fff0;
    return stray.snapshot();
  },
  "an object that is gone": (wasm) => {
    const verifier = new wasm.Verifier(POLICY, "{}", 0, "");
    verifier.free();
    return verifier.snapshot();
  },
  "memory that cannot be had": (wasm) =>
    // Never touched on this side, so it costs nothing here.
    new wasm.Verifier(POLICY, "{}", 0, "").supplyResponse(
      1,
      200,
      null,
      null,
      null,
      null,
      new Uint8Array(0xffff_0000),
      NOW,
    ),
  "a stack that is exhausted": (wasm) => {
    const deeper = (): unknown => [wasm.inspect("a.b.c"), deeper()];
    return deeper();
  },
  "a host function that fails": () => {
    throw new WebAssembly.RuntimeError("unreachable");
  },
};

for (const [kind, cause] of Object.entries(TRAPS)) {
  test(`after ${kind} the call fails by name, and the next is served with the same keys`, async (t) => {
    const local = await localIssuer();
    t.after(() => local.close());
    const fetching = createVerifier(policyFor(local.issuer), { now: () => NOW });
    const given = createVerifier(JSON.parse(POLICY) as never, { keys: { [ISSUER]: KEY_SET }, now: () => NOW });
    const token = mint({ iss: local.issuer });
    await fetching.verify(token);
    given.verifySync(mint({ iss: ISSUER }));
    for (let round = 0; round < 3; round += 1) {
      assert.throws(
        () => call(cause),
        (error) => error instanceof InternalError && error.code === "internal.trap",
      );
      assert.equal(fetching.verifySync(token).issuer, local.issuer);
      given.verifySync(mint({ iss: ISSUER }));
    }
    assert.equal(local.requests.length, 2, "keys that were there were fetched again");
  });
}

test("a trap while keys are fetched only has them fetched again", async (t) => {
  const local = await localIssuer();
  t.after(() => local.close());
  const verifier = createVerifier(policyFor(local.issuer), { now: () => NOW });
  const token = mint({ iss: local.issuer });
  const verifying = verifier.verify(token);
  assert.throws(() => call(TRAPS["a pointer outside memory"] as () => never), InternalError);
  await verifying;
  verifier.verifySync(token);
});

test("a fetch of an instance that is gone never hands one issuer's keys to another", async () => {
  const forger = "https://evil.tokens.sts.global.api.aws";
  const forged = keyRing("EC384_0");
  const answers = new Map<string, (keySet: object) => void>();
  const verifier = createVerifier(JSON.parse(POLICY) as never, {
    now: () => NOW,
    fetch: (url) =>
      new Promise((resolve) => {
        answers.set(new URL(url).origin, (keySet) => resolve(new Response(JSON.stringify(keySet)) as FetchResponse));
      }),
  });
  const ofForger = verifier.verify(forged.mint("EC384_0", { iss: forger }));
  assert.throws(() => call(TRAPS["a pointer outside memory"] as () => never), InternalError);
  // The new instance's first fetch has the number of the old one's, whose answer comes in now.
  const good = verifier.verify(mint({ iss: ISSUER }));
  answers.get(forger)?.(forged.keySet);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.throws(() => verifier.verifySync(forged.mint("EC384_0", { iss: ISSUER })), { code: "key.not_loaded" });
  answers.get(ISSUER)?.(KEY_SET);
  assert.equal((await good).issuer, ISSUER);
  answers.get(forger)?.(forged.keySet);
  assert.equal((await ofForger).issuer, forger);
});

test("a hundred traps leave no memory behind", async (t) => {
  if (globalThis.gc === undefined) {
    assert.fail("run with --expose-gc");
  }
  const local = await localIssuer();
  t.after(() => local.close());
  const verifier = createVerifier(policyFor(local.issuer), { now: () => NOW });
  const token = mint({ iss: local.issuer });
  await verifier.verify(token);
  const after = async (traps: number): Promise<number> => {
    for (let round = 0; round < traps; round += 1) {
      assert.throws(() => call(TRAPS["a pointer outside memory"] as () => never), InternalError);
      verifier.verifySync(token);
    }
    for (let round = 0; round < 3; round += 1) {
      globalThis.gc?.();
      // Finalizers run between turns of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { arrayBuffers, external, heapUsed } = process.memoryUsage();
    return arrayBuffers + external + heapUsed;
  };
  const first = await after(20);
  const last = await after(100);
  assert.ok(last - first < 8 * 1024 * 1024, `${last - first} bytes more after 100 traps`);
  verifier.verifySync(token);
});

test("a text of many megabytes is refused without becoming memory that stays", async () => {
  const verifier = createVerifier(JSON.parse(POLICY) as never, { now: () => NOW });
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 20; round += 1) {
    assert.throws(() => verifier.verifySync("a".repeat(100_000_000)), { code: "token.too_large" });
  }
  // The texts themselves are garbage by now, whose memory is given back a little later.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(process.memoryUsage().rss - before < 150_000_000);
});

for (const [kind, cause] of Object.entries(TRAPS)) {
  test(`${kind} while a token is being claimed neither loses the verdict nor uses it up twice`, async () => {
    const memory = memoryReplay();
    const trapping: ReplayStore = {
      ...memory,
      once(...question) {
        const answer = memory.once(...question);
        assert.throws(() => call(cause), InternalError);
        return Promise.resolve(answer);
      },
      peek: (...question) => memory.peek(...question),
    };
    const verifier = createVerifier(JSON.parse(POLICY) as never, {
      keys: { [ISSUER]: KEY_SET },
      now: () => NOW,
      replay: { store: { ...trapping, synchronous: false }, whenUnavailable: "refuse" },
    });
    const token = mint({ iss: ISSUER, jti: "a" });
    assert.equal((await verifier.verify(token)).tokenId, "a");
    await assert.rejects(verifier.verify(token), { code: "token.replayed" });
    assert.equal((await verifier.verify(mint({ iss: ISSUER, jti: "b" }))).tokenId, "b");
  });
}
