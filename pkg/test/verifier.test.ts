import assert from "node:assert/strict";
import { test } from "node:test";

import { createVerifier, inspect, OptionsError, PolicyError, VerificationError } from "countersign";
import type { Identity, Verifier } from "countersign";

import { ACCOUNT, AUDIENCE, KEY_SET, NOW, ORGANIZATION, ROLE, mint, signed } from "./issuer.js";

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
const POLICY = { audience: AUDIENCE, trust: [{ name: "ours", organization: ORGANIZATION }] };

function verifierAt(now: number = NOW): Verifier {
  return createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => now });
}

function refusal(work: () => unknown): VerificationError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof VerificationError, String(error));
    return error;
  }
  return assert.fail("the token was accepted");
}

for (const algorithm of ["ES384", "RS256"] as const) {
  test(`an ${algorithm} token gives the identity that AWS asserts`, () => {
    const identity: Identity = verifierAt().verifySync(mint({ iss: ISSUER }, algorithm));
    assert.equal(identity.issuer, ISSUER);
    assert.equal(identity.subject, ROLE);
    assert.deepEqual(identity.audience, [AUDIENCE]);
    assert.equal(identity.issuedAt, NOW);
    assert.equal(identity.expiresAt, NOW + 300);
    assert.equal(identity.rule, "ours");
    assert.equal(identity.principal.arn, ROLE);
    assert.equal(identity.principal.account, ACCOUNT);
    assert.equal(identity.aws?.organization, ORGANIZATION);
    assert.equal(identity.aws?.sourceRegion, "eu-west-1");
    assert.equal(identity.header["alg"], algorithm);
  });
}

test("verify, verifySync, explain and explainSync agree", async () => {
  const token = mint({ iss: ISSUER });
  const [good, late] = [verifierAt(), verifierAt(NOW + 4000)];
  assert.deepEqual(await good.verify(token), good.verifySync(token));
  assert.deepEqual(await good.explain(token), good.explainSync(token));
  assert.equal((await good.explain(token)).accepted, true);
  assert.equal((await late.explain(token)).accepted, false);
  await assert.rejects(late.verify(token), { code: "time.expired" });
  assert.equal(refusal(() => late.verifySync(token)).code, "time.expired");
});

test("a refusal names what was expected and found, and holds nothing of the signature", () => {
  const token = mint({ iss: ISSUER, aud: "https://other.example.com" });
  const error = refusal(() => verifierAt().verifySync(token));
  assert.equal(error.code, "audience.mismatch");
  assert.equal(error.name, "VerificationError");
  assert.equal(error.status, 401);
  assert.equal(error.retryable, false);
  assert.match(error.expected, /api\.example\.com/);
  assert.match(error.found, /other\.example\.com/);
  assert.match(error.message, /api\.example\.com.*other\.example\.com/);
  const told = JSON.stringify(error) + String(error.stack);
  const signature = token.split(".")[2] ?? "";
  for (let at = 0; at + 8 <= signature.length; at += 1) {
    assert.ok(!told.includes(signature.slice(at, at + 8)));
  }
  assert.equal((JSON.parse(JSON.stringify(error)) as VerificationError).code, error.code);
});

test("a changed token is refused by its signature", () => {
  const [header, , signature] = mint({ iss: ISSUER }).split(".");
  const payload = mint({ iss: ISSUER, jti: "another" }).split(".")[1];
  const error = refusal(() => verifierAt().verifySync(`${header}.${payload}.${signature}`));
  assert.equal(error.code, "signature.invalid");
});

test("a claim named __proto__ arrives as a member of its own and changes nothing else", () => {
  const plain = Buffer.from(mint({ iss: ISSUER }).split(".")[1] ?? "", "base64url").toString();
  const payload = plain.replace("{", '{"__proto__":{"admin":true},');
  const identity = verifierAt().verifySync(signed(payload));
  assert.ok(Object.hasOwn(identity.claims, "__proto__"));
  assert.equal(Object.getPrototypeOf(identity.claims), Object.prototype);
  assert.equal(identity.claims["admin"], undefined);
  assert.equal(({} as Record<string, unknown>)["admin"], undefined);
});

test("so does a tag named __proto__", () => {
  const aws = JSON.parse('{"principal_tags":{"__proto__":"tagged"}}') as Record<string, unknown>;
  const { principalTags } = verifierAt().verifySync(mint({ iss: ISSUER, aws })).aws;
  assert.deepEqual(Object.entries(principalTags), [["__proto__", "tagged"]]);
});

test("what is not a text is refused as a token, never a crash", async () => {
  const verifier = verifierAt();
  for (const token of [undefined, null, 42, {}, [], Symbol("token"), Buffer.from("a.b.c")] as never[]) {
    const error = refusal(() => verifier.verifySync(token));
    assert.match(error.code, /^token\./);
    assert.match(error.found, /type/);
    await assert.rejects(verifier.verify(token), { code: error.code });
    assert.equal((await verifier.explain(token)).accepted, false);
  }
  for (const token of ["", " ", "a", "a.b.c", "\ud800", "\0", ".".repeat(100_000)]) {
    assert.match(refusal(() => verifier.verifySync(token)).code, /^token\./);
  }
});

test("a policy's faults are all told at once", () => {
  assert.throws(
    () => createVerifier({ audience: [], trust: [{ account: "12" }], trusted: true } as never),
    (error: unknown) => {
      assert.ok(error instanceof PolicyError);
      assert.ok(error.faults.length >= 3, error.message);
      for (const { code, remedy } of error.faults) {
        assert.match(code, /^policy\./);
        assert.ok(error.message.includes(remedy));
      }
      return true;
    },
  );
});

test("a policy with a value that JSON would lose is refused", () => {
  const rule = { issuer: ISSUER };
  for (const lost of [undefined, () => true, new Set([ACCOUNT]), new Map(), NaN, 1n, Symbol("x"), new Date(0)]) {
    assert.throws(
      () => createVerifier({ audience: AUDIENCE, trust: [{ ...rule, account: lost }] } as never),
      (error: unknown) => {
        assert.ok(error instanceof PolicyError);
        assert.equal(error.faults.length, 1);
        assert.equal(error.faults[0]?.path, "trust[0].account");
        return true;
      },
    );
  }
  const endless: { audience: string; trust: unknown[] } = { audience: AUDIENCE, trust: [] };
  endless.trust.push(endless);
  assert.throws(() => createVerifier(endless as never), PolicyError);
});

test("an unknown or wrong option is refused, never ignored", () => {
  const wrong: [object, string][] = [
    [{ replays: {} }, "options.unknown"],
    [{ store: {} }, "options.type"],
    [{ store: null }, "options.type"],
    [{ store: { load: () => undefined } }, "options.type"],
    [{ cryptography: "auto" }, "options.unknown"],
    [{ crypto: "openssl" }, "options.type"],
    [{ onEvent: "log" }, "options.type"],
    [{ now: NOW }, "options.type"],
    [{ fetch: "fetch" }, "options.type"],
    [{ waitUntil: Promise.resolve() }, "options.type"],
    [{ keys: [] }, "options.type"],
    [{ keyStore: 3 }, "options.type"],
    [{ keyStore: { timeout: 3 } }, "options.type"],
    [{ keyStore: { fetchTimeoutSeconds: "3" } }, "options.type"],
    [{ keyStore: { fetchTimeoutSeconds: 3600 } }, "options.type"],
    [{ keyStore: new Map([["fetchTimeoutSeconds", 3]]) }, "options.type"],
    [{ keys: new Map([[ISSUER, KEY_SET]]) }, "options.type"],
    [{ keys: { [ISSUER]: [] } }, "options.keys"],
    [{ keys: { [ISSUER]: "{}" } }, "options.keys"],
    [[], "options.type"],
  ];
  for (const [options, code] of wrong) {
    assert.throws(
      () => createVerifier(POLICY, options as never),
      (error: unknown) => {
        assert.ok(error instanceof OptionsError && error instanceof TypeError, String(error));
        assert.equal(error.code, code, error.message);
        return true;
      },
    );
  }
});

test("a clock that tells milliseconds, or nothing, is refused", () => {
  for (const now of [Date.now(), NaN, -1, "now", undefined]) {
    const verifier = createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET }, now: () => now as never });
    assert.throws(() => verifier.verifySync(mint({ iss: ISSUER })), { code: "options.now" });
  }
  assert.equal(verifierAt(NOW + 0.75).verifySync(mint({ iss: ISSUER })).issuedAt, NOW);
});

test("the system's clock is used otherwise", () => {
  const verifier = createVerifier(POLICY, { keys: { [ISSUER]: KEY_SET } });
  const now = Math.floor(Date.now() / 1000);
  verifier.verifySync(mint({ iss: ISSUER, iat: now, exp: now + 300 }));
  assert.throws(() => verifier.verifySync(mint({ iss: ISSUER })), { code: "time.expired" });
});

test("two verifiers share nothing", () => {
  const token = mint({ iss: ISSUER });
  verifierAt().verifySync(token);
  assert.equal(refusal(() => createVerifier(POLICY, { now: () => NOW }).verifySync(token)).code, "key.not_loaded");
});

test("inspect reads a token without any policy, and refuses what is no text", () => {
  const inspection = inspect(mint({ iss: ISSUER }));
  assert.ok(JSON.stringify(inspection).includes(ROLE));
  assert.throws(() => inspect(undefined as never), TypeError);
  assert.ok(inspect("not a token"));
});
