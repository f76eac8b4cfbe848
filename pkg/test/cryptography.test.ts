import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mock, test } from "node:test";

import { createVerifier } from "countersign";
import type { Crypto } from "countersign";

import { AUDIENCE, KEY_SET, NOW, ORGANIZATION, keyRing, mint } from "./issuer.js";

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
const POLICY = { audience: AUDIENCE, trust: [{ organization: ORGANIZATION }] };

const verifierBy = (crypto: Crypto | undefined, keySet: object = KEY_SET): ReturnType<typeof createVerifier> =>
  createVerifier(POLICY, { keys: { [ISSUER]: keySet as typeof KEY_SET }, now: () => NOW, crypto });

/** How often the host verified a signature meanwhile. */
function hostVerifies(work: () => unknown): number {
  const { mock: calls } = mock.method(process.getBuiltinModule("node:crypto"), "verify");
  work();
  const count = calls.callCount();
  mock.restoreAll();
  return count;
}

for (const [crypto, rs256, es384] of [
  [undefined, 1, 0],
  ["auto", 1, 0],
  ["host", 1, 1],
  ["wasm", 0, 0],
] as const) {
  test(`with \`crypto\` as ${crypto} the host verifies ${rs256} of RS256 and ${es384} of ES384`, () => {
    const verifier = verifierBy(crypto);
    assert.equal(hostVerifies(() => verifier.verifySync(mint({ iss: ISSUER }, "RS256"))), rs256);
    assert.equal(hostVerifies(() => verifier.verifySync(mint({ iss: ISSUER }, "ES384"))), es384);
  });

  test(`with \`crypto\` as ${crypto} a signature of another key with the same id is refused`, () => {
    const other = keyRing("EC384_0");
    const verifier = verifierBy(crypto, other.keySet);
    verifier.verifySync(other.mint("EC384_0", { iss: ISSUER }));
    const forged = keyRing("EC384_0").mint("EC384_0", { iss: ISSUER });
    assert.throws(() => verifier.verifySync(forged), { code: "signature.invalid" });
  });
}

test("a key that recurs is prepared, and goes on to tell good tokens from bad ones", () => {
  const ring = keyRing("EC384_0");
  const verifier = verifierBy("wasm", ring.keySet);
  for (let use = 0; use < 40; use += 1) {
    const token = ring.mint("EC384_0", { iss: ISSUER, jti: String(use) });
    assert.equal(verifier.verifySync(token).tokenId, String(use));
    const [header, , signature] = token.split(".");
    const changed = ring.mint("EC384_0", { iss: ISSUER, jti: "other" }).split(".")[1];
    assert.throws(() => verifier.verifySync(`${header}.${changed}.${signature}`), { code: "signature.invalid" });
  }
});

test("a host without synchronous cryptography verifies by itself, and says so when told not to", () => {
  const script = `
    process.getBuiltinModule = undefined;
    const { createVerifier } = require("countersign");
    const [policy, keys, token, now] = JSON.parse(process.env.GIVEN);
    console.log(createVerifier(policy, { keys, now: () => now }).verifySync(token).issuer);
    try { createVerifier(policy, { keys, crypto: "host" }); } catch (error) { console.log(error.code); }`;
  const GIVEN = JSON.stringify([POLICY, { [ISSUER]: KEY_SET }, mint({ iss: ISSUER }, "RS256"), NOW]);
  const cwd = createRequire(import.meta.url).resolve("countersign").replace(/dist.*$/, "");
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { cwd, env: { ...process.env, GIVEN } });
  assert.equal(String(stdout), `${ISSUER}\noptions.crypto\n`, String(stderr));
});
