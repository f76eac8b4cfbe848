// What happens to issuers: time, rotation, switching off, outages, restarts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import { test } from "node:test";

import { createTestIssuer } from "countersign/testing";

import { NOW, claimsOf, headerOf, verdict, verifierFor } from "./sample.mjs";

test("time runs with the system, stands still, or is a test's own; and it can be moved", async () => {
  const running = createTestIssuer();
  assert.ok(Math.abs(running.now() - Date.now() / 1000) < 2);
  const still = createTestIssuer({ now: NOW });
  assert.equal(still.now(), NOW);
  still.advance(90);
  assert.equal(claimsOf(await still.token()).iat, NOW + 90);
  still.setTime(NOW - 5);
  assert.equal(claimsOf(await still.token()).iat, NOW - 5);
  let time = NOW;
  const own = createTestIssuer({ now: () => time });
  own.advance(1);
  time += 10;
  assert.equal(own.now(), NOW + 11);
});

test("a token expires when time passes", async () => {
  const issuer = createTestIssuer();
  const verifier = verifierFor(issuer);
  const token = await issuer.token({ durationSeconds: 60 });
  assert.equal(await verdict(verifier, token), "accepted");
  issuer.advance(120);
  assert.equal(await verdict(verifier, token), "time.expired");
});

test("rotation: old tokens are good until the overlap is over", async () => {
  const issuer = createTestIssuer({ keyOverlapSeconds: 600 });
  const verifier = verifierFor(issuer);
  const before = await issuer.token({ durationSeconds: 3600 });
  assert.equal(await verdict(verifier, before), "accepted");
  issuer.rotate();
  const after = await issuer.token();
  assert.deepEqual([headerOf(before).kid, headerOf(after).kid], ["EC384_0", "EC384_1"]);
  assert.deepEqual(await Promise.all([before, after].map((token) => verdict(verifier, token))), ["accepted", "accepted"]);
  issuer.advance(601);
  assert.equal(await verdict(verifierFor(issuer), before), "key.unknown");
});

test("a withdrawn key is gone at once", async () => {
  const issuer = createTestIssuer();
  const token = await issuer.token();
  issuer.withdraw("EC384_0");
  assert.equal(await verdict(verifierFor(issuer), token), "key.unknown");
  assert.equal(headerOf(await issuer.token()).kid, "EC384_1");
  assert.throws(() => issuer.withdraw("EC384_7"), /`kid`: The account has no key with this kid/);
  assert.throws(() => issuer.rotate({ account: "111111111111" }), /`account`: The configuration has no such account/);
});

test("while the feature is off STS refuses, and keys stay published", async () => {
  const issuer = createTestIssuer();
  const token = await issuer.token();
  issuer.disable();
  await assert.rejects(issuer.token(), { code: "OutboundWebIdentityFederationDisabledException", status: 403 });
  assert.equal(await verdict(verifierFor(issuer), token), "accepted");
  issuer.enable();
  assert.equal(await verdict(verifierFor(issuer), issuer.token()), "accepted");
});

for (const outage of ["network", { status: 503 }, { status: 200 }]) {
  test(`an outage (${JSON.stringify(outage)}) is 503 for a service without keys, and is over when it ends`, async () => {
    const issuer = createTestIssuer();
    const token = await issuer.token();
    const { end } = issuer.outage(outage);
    const verifier = verifierFor(issuer);
    await assert.rejects(verifier.verify(token), { code: "key.unavailable", status: 503 });
    end();
    assert.equal(await verdict(verifierFor(issuer), token), "accepted");
  });
}

test("a service that has keys serves through an outage", async () => {
  const issuer = createTestIssuer();
  const verifier = verifierFor(issuer);
  await verifier.ready();
  assert.equal(await verdict(verifier, issuer.token()), "accepted");
  issuer.outage("network");
  issuer.advance(7200);
  assert.equal(await verdict(verifier, issuer.token()), "accepted");
});

test("an issuer that hangs is given up, and one that is slow is waited for", async () => {
  const issuer = createTestIssuer();
  const token = await issuer.token();
  issuer.outage("hang");
  assert.equal(await verdict(verifierFor(issuer, { keyStore: { fetchTimeoutSeconds: 1 } }), token), "key.unavailable");
  const controller = new AbortController();
  const hanging = issuer.fetch(`${issuer.url}/.well-known/jwks.json`, { signal: controller.signal });
  controller.abort(new Error("given up"));
  await assert.rejects(hanging, /given up/);
  issuer.outage({ delaySeconds: 0.2 });
  const start = performance.now();
  assert.equal(await verdict(verifierFor(issuer), token), "accepted");
  assert.ok(performance.now() - start >= 190);
});

test("each outage ends by its own handle", async () => {
  const issuer = createTestIssuer();
  const url = `${issuer.url}/.well-known/jwks.json`;
  const first = issuer.outage("network");
  const second = issuer.outage("network");
  first.end();
  await assert.rejects(issuer.fetch(url), TypeError);
  second.end();
  assert.equal((await issuer.fetch(url)).status, 200);
  await assert.rejects(issuer.fetch(url, { signal: AbortSignal.abort(new Error("before")) }), /before/);
});

test("reset: the same issuers and keys, and nothing that was done to them", async () => {
  const issuer = createTestIssuer({ rsa: true });
  const verifier = verifierFor(issuer);
  const { url, keys } = issuer;
  const token = await issuer.token({ durationSeconds: 3600 });
  await verifier.verify(token);
  issuer.rotate({ overlapSeconds: 0 });
  issuer.disable();
  issuer.outage("network");
  issuer.advance(1000);
  issuer.reset();
  assert.ok(Math.abs(issuer.now() - Date.now() / 1000) < 2);
  assert.deepEqual([issuer.url, issuer.keys, issuer.requests], [url, keys, []]);
  for (const algorithm of ["ES384", "RS256"]) {
    assert.equal(await verdict(verifier, issuer.token({ algorithm })), "accepted");
  }
  assert.equal(await verdict(verifierFor(issuer), token), "accepted");
});

test("a snapshot brings issuers and keys back", async () => {
  const issuer = createTestIssuer();
  const token = await issuer.token();
  issuer.rotate();
  const again = createTestIssuer({ state: issuer.snapshot() });
  assert.equal(again.url, issuer.url);
  assert.equal(await verdict(verifierFor(again), token), "accepted");
  assert.equal(headerOf(await again.token()).kid, "EC384_1");
});

test("the same seed gives the same keys and tokens, in any process; another one does not", async () => {
  const program = `import { createTestIssuer } from "countersign/testing";
    const issuer = createTestIssuer({ seed: process.argv[1], now: ${NOW}, rsa: true });
    const out = [issuer.url, await issuer.token(), await issuer.token({ algorithm: "RS256" }), await issuer.badToken("wrong-signature"), issuer.keys];
    console.log(JSON.stringify(out));`;
  const run = (seed) => execFileSync("node", ["--input-type=module", "-e", program, seed], { encoding: "utf8", cwd: import.meta.dirname });
  const [one, again, other] = [run("one"), run("one"), run("other")].map((text) => JSON.parse(text));
  assert.deepEqual(one, again);
  for (const at of one.keys()) {
    assert.notDeepEqual(one[at], other[at]);
  }
  assert.notEqual(createTestIssuer().url, createTestIssuer().url);
});

test("an RSA key, which takes longer than all the rest, is made where one is asked for and nowhere else", async (t) => {
  const made = t.mock.method(crypto, "generateKeyPairSync");
  const issuer = createTestIssuer();
  await issuer.token();
  assert.deepEqual(issuer.keys[issuer.url].keys.map(({ kty }) => kty), ["EC"]);
  assert.equal(made.mock.callCount(), 0);
  await createTestIssuer({ rsa: true }).token({ algorithm: "RS256" });
  assert.ok(made.mock.callCount() > 0, "it is made by node:crypto");
});
