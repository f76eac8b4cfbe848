// Requests of one isolate are on their own: none may depend on a promise of another one.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Response } from "miniflare";

import { claims, ISSUER, makeKey, mint, ROLE, swapped } from "../bench/tokens.mjs";
import { bundled, started, withStores } from "./bundled.mjs";

const folder = join(process.env.COUNTERSIGN_TARBALL_DIR, "workers");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const file of ["verdicts.mjs", "worker.mjs"]) {
  cpSync(join(import.meta.dirname, file), join(folder, file));
}
const bundle = await bundled(join(folder, "worker.mjs"));
const key = makeKey("ES384");

/** A worker, and an issuer that takes its time. */
async function withWorker(milliseconds, work) {
  const fetched = [];
  const answer = async (request) => {
    fetched.push(request.url);
    await sleep(milliseconds);
    return Response.json({ keys: [key.jwk] });
  };
  const worker = started(bundle, withStores(answer));
  const send = (token, path = "/") =>
    worker.dispatchFetch(`http://worker${path}`, { headers: { authorization: `Bearer ${token}` } });
  try {
    await work({ send, fetched });
  } finally {
    await worker.dispose();
  }
}

const token = (index) => mint(key, claims(index));

test("a token is verified by keys that the worker fetches, and a bad one refused with its reason", () =>
  withWorker(0, async ({ send }) => {
    const good = await send(token(0));
    assert.deepEqual([good.status, await good.text()], [200, ROLE]);
    const bad = await send(swapped([token(1), token(2)]));
    assert.deepEqual([bad.status, await bad.text()], [401, "signature.invalid"]);
  }));

test("requests at once share one fetch", () =>
  withWorker(300, async ({ send, fetched }) => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => send(token(index))));
    assert.deepEqual(await Promise.all(answers.map((answer) => answer.text())), Array(8).fill(ROLE));
    assert.deepEqual(fetched, [`${ISSUER}/.well-known/jwks.json`]);
  }));

for (const [verifier, most] of [
  // The fetch goes on after the request that began it.
  ["", 2000],
  // It ends with that request: whoever waits for it fetches again, once it is given up.
  ["/short-lived", 8000],
]) {
  test(`a request that ends does not leave others waiting for what it has begun: verifier "${verifier}"`, () =>
    withWorker(500, async ({ send }) => {
      assert.equal(await (await send(token(0), `${verifier}/left`)).text(), "left");
      const begun = performance.now();
      const answer = await send(token(1), `${verifier}/`);
      assert.deepEqual([answer.status, await answer.text()], [200, ROLE]);
      const took = performance.now() - begun;
      assert.ok(took < most, `it took ${took} ms`);
    }));
}

for (const store of ["kv", "cache", "object"]) {
  test(`keys that a verifier has fetched serve the next one, by ${store}`, () =>
    withWorker(0, async ({ send, fetched }) => {
      for (let index = 0; index < 3; index += 1) {
        assert.equal(await (await send(token(index), `/${store}`)).text(), ROLE);
        // What is saved is saved after the answer.
        await sleep(200);
      }
      assert.equal(fetched.length, 1, fetched.join(" "));
    }));
}

test("of all requests with one token one is accepted, by Durable Objects", () =>
  withWorker(0, async ({ send }) => {
    for (const one of [token(0), token(1), token(2)]) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => send(one, "/once")));
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      assert.deepEqual(texts.sort(), [ROLE, ...Array(9).fill("token.replayed")].sort());
    }
  }));
