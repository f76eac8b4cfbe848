// Tokens that a verifier has to refuse: each is what it is called, and would be accepted but for that.
import assert from "node:assert/strict";
import { createHmac, createPublicKey } from "node:crypto";
import { test } from "node:test";

import { BAD_TOKENS, createTestIssuer } from "countersign/testing";

import { NOW, claimsOf, headerOf, verdict, verifierFor } from "./sample.mjs";

for (const algorithm of ["ES384", "RS256"]) {
  test(`each is refused with the code that BAD_TOKENS has for it (${algorithm})`, async () => {
    const issuer = createTestIssuer({ rsa: algorithm === "RS256" });
    const codes = {};
    for (const bad of Object.keys(BAD_TOKENS)) {
      // A verifier of its own for each: none refuses because of what it saw before.
      codes[bad] = await verdict(verifierFor(issuer), issuer.badToken(bad, { algorithm, role: "billing/Batch" }));
      assert.equal(await verdict(verifierFor(issuer), issuer.token({ algorithm, role: "billing/Batch" })), "accepted");
    }
    assert.deepEqual(codes, BAD_TOKENS);
  });
}

test("they are refused by a policy that pins the issuer too", async () => {
  const issuer = createTestIssuer();
  const verifier = verifierFor(issuer, {}, { audience: "https://api.example.com", trust: [{ issuer: issuer.url }] });
  for (const [bad, code] of Object.entries(BAD_TOKENS)) {
    const expected = bad === "foreign-organization" ? "issuer.untrusted" : code;
    assert.equal(await verdict(verifier, issuer.badToken(bad)), expected, bad);
  }
});

test("what is wrong is what the name says, and nothing else", async () => {
  const issuer = createTestIssuer({ now: NOW });
  const mint = (bad, options) => issuer.badToken(bad, { durationSeconds: 600, ...options });
  const expired = claimsOf(await mint("expired"));
  assert.deepEqual([expired.iat, expired.exp], [NOW - 4200, NOW - 3600]);
  const early = claimsOf(await mint("not-yet-valid"));
  assert.deepEqual([early.iat, early.exp], [NOW + 3600, NOW + 4200]);
  assert.equal(headerOf(await mint("wrong-signature")).kid, "EC384_0");
  assert.equal(headerOf(await mint("unknown-key")).kid, "EC384_1000000");
  assert.deepEqual(headerOf(await mint("alg-none")), { kid: "EC384_0", typ: "JWT", alg: "none" });
  assert.match(await mint("alg-none"), /\.$/);
  assert.equal(claimsOf(await mint("wrong-issuer")).iss, `${issuer.url}.example.com`);
  assert.equal(claimsOf(await mint("missing-claim")).jti, undefined);
  assert.equal(claimsOf(await mint("missing-claim", { without: "sub" })).sub, undefined);
  assert.equal(claimsOf(await mint("foreign-organization", { role: "a/b" })).sub, "arn:aws:iam::999988887777:role/a/b");
});

test("the secret of hmac-confusion is the public key, as a verifier that falls for it would have it", async () => {
  const issuer = createTestIssuer();
  const token = await issuer.badToken("hmac-confusion");
  const [key] = issuer.keys[issuer.url].keys;
  const pem = createPublicKey({ key, format: "jwk" }).export({ format: "pem", type: "spki" });
  const [header, payload, signature] = token.split(".");
  assert.equal(createHmac("sha256", pem).update(`${header}.${payload}`).digest("base64url"), signature);
});

test("withdrawn-key is the key that was withdrawn last", async () => {
  const issuer = createTestIssuer();
  const verifier = verifierFor(issuer);
  await verifier.verify(await issuer.token());
  issuer.rotate({ overlapSeconds: 0 });
  const token = await issuer.badToken("withdrawn-key");
  assert.equal(headerOf(token).kid, "EC384_0");
  issuer.advance(400);
  await verifier.verify(await issuer.token());
  assert.equal(await verdict(verifier, issuer.badToken("withdrawn-key")), "key.unknown");
});

test("a name that there is not, and options that go with another one", async () => {
  const issuer = createTestIssuer();
  await assert.rejects(issuer.badToken("stale"), /There is no bad token "stale"; there are expired, .* \[options.unknown\]/);
  await assert.rejects(issuer.badToken("expired", { without: "jti" }), /`without` goes with "missing-claim"/);
  await assert.rejects(createTestIssuer({ accounts: [{ id: "999988887777" }] }).badToken("foreign-organization"), /name one of another organization/);
});
