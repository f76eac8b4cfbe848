// Independent oracles: jose accepts the valid tokens that this package accepts; and what other libraries
// make of the tokens in peers.json, where this package must refuse what it was measured to accept.
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { after, mock, test } from "node:test";

import { JwtVerifier } from "aws-jwt-verify";
import { createVerifier as fastVerifier } from "fast-jwt";
import { createLocalJWKSet, jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";

import { createVerifier } from "./package-under-test.mjs";
import { vectorFiles } from "./vectors.mjs";

const files = vectorFiles();
let agreed = 0;
let refused = 0;

// What jose refuses and this package means to accept, each with its reason.
const stricter = {
  "key-sets: a bad key beside the good one": "jose refuses the whole set for an element that is no object",
};

test("jose accepts every token that this package accepts", async (context) => {
  const failures = [];
  for (const { name, cases } of files) {
    for (const vector of cases.filter(({ expect }) => expect.verdict === "accepted")) {
      const title = `${name}: ${vector.name}`;
      try {
        const { payload } = await withJose(vector);
        assert.ok(!(title in stricter), "jose accepts it by now: take it off the list");
        const identity = ours(vector).verifySync(vector.token);
        assert.deepEqual(payload, identity.claims, "the claims are those that jose reads");
        agreed += 1;
      } catch (error) {
        if (error instanceof assert.AssertionError || !(title in stricter)) {
          failures.push(`${title}: ${error.message}`);
        }
      }
    }
  }
  context.diagnostic(`${agreed} tokens`);
  assert.equal(failures.length, 0, `\n${failures.join("\n")}\n`);
  assert.ok(agreed >= 100, "the vectors are there");
});

for (const vector of files.find(({ name }) => name === "peers").cases) {
  test(`peers: ${vector.name}`, async () => {
    for (const [peer, expected] of Object.entries(vector.peers)) {
      const verdict = await peers[peer](vector).then(
        () => "accepted",
        () => "rejected",
      );
      assert.equal(verdict, expected, peer);
      if (expected === "accepted" && vector.expect.verdict !== "accepted") {
        const error = await verifiedByUs(vector).catch((error) => error);
        const code = vector.expect.verdict === "keys_refused" ? "options.keys" : vector.expect.code;
        assert.equal(error.code, code, `${peer} accepts it, and this package: ${error}`);
        refused += 1;
      }
    }
  });
}

after(() => console.log(`${agreed} tokens accepted by jose too; ${refused} times a peer accepts and this package refuses`));

const verifiedByUs = async (vector) => ours(vector).verify(vector.token);

const ours = ({ policy, keys, now }) => createVerifier(policy.value, { keys, now: () => now });

/** Each library with issuer, audience and time checked as its documentation shows. */
const peers = {
  async "aws-jwt-verify"(vector) {
    const { issuer, audience, keySet, now } = setting(vector);
    mock.timers.enable({ apis: ["Date"], now: now * 1000 });
    try {
      const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/.well-known/jwks.json` });
      verifier.cacheJwks(keySet);
      return verifier.verifySync(vector.token);
    } finally {
      mock.timers.reset();
    }
  },
  jose: withJose,
  async "fast-jwt"(vector) {
    const { issuer, audience, now } = setting(vector);
    const key = pem(vector);
    return fastVerifier({ key, allowedIss: issuer, allowedAud: audience, clockTimestamp: now * 1000 })(vector.token);
  },
  async jsonwebtoken(vector) {
    const { issuer, audience, now } = setting(vector);
    return jsonwebtoken.verify(vector.token, pem(vector), { issuer, audience, clockTimestamp: now });
  },
};

async function withJose(vector) {
  const { issuer, audience, keySet, now, tolerance } = setting(vector);
  return jwtVerify(vector.token, createLocalJWKSet(keySet), {
    issuer,
    audience,
    currentDate: new Date(now * 1000),
    clockTolerance: tolerance,
  });
}

/** What a policy of this package means to a library that knows only issuer and audience. */
function setting({ policy: { value: policy }, keys, token, now, expect }) {
  const issuers = policy.trust.flatMap(({ issuer = Object.keys(keys) }) => issuer);
  const [, payload] = token.slice(0, 100_000).split(".");
  const claimed = /"iss"\s*:\s*"([^"]*)"/.exec(Buffer.from(payload, "base64url").toString())?.[1];
  const issuer = issuers.includes(claimed) ? claimed : issuers[0];
  assert.ok(expect.verdict !== "accepted" || issuer === claimed);
  return {
    issuer,
    audience: policy.dangerAcceptAnyAudience ? undefined : policy.audience,
    keySet: keys[issuer],
    now,
    tolerance: policy.clockToleranceSeconds ?? 30,
  };
}

/** The key that the header names, as libraries without key sets take it. */
function pem(vector) {
  const header = JSON.parse(Buffer.from(vector.token.slice(0, 2000).split(".")[0], "base64url"));
  const jwk = setting(vector).keySet.keys.find(({ kid }) => kid === header.kid);
  return createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
}
