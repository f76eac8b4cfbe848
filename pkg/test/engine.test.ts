// These look inside: a trap cannot be caused from outside.
import assert from "node:assert/strict";
import { test } from "node:test";

import { call } from "../src/engine.js";
import { createVerifier, InternalError } from "../src/index.js";

import { AUDIENCE, KEY_SET, NOW, ORGANIZATION, localIssuer, mint, policyFor } from "./issuer.js";

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";

function trap(): never {
  return call(() => {
    throw new WebAssembly.RuntimeError("unreachable");
  });
}

test("after a trap the call fails by name, and the next one is served by a new instance", () => {
  const verifier = createVerifier(
    { audience: AUDIENCE, trust: [{ organization: ORGANIZATION }] },
    { keys: { [ISSUER]: KEY_SET }, now: () => NOW },
  );
  const token = mint({ iss: ISSUER });
  verifier.verifySync(token);
  for (let round = 0; round < 3; round += 1) {
    assert.throws(trap, (error: unknown) => error instanceof InternalError && error.code === "internal.trap");
    verifier.verifySync(token);
  }
});

test("a trap while keys are fetched only has them fetched again", async (t) => {
  const local = await localIssuer();
  t.after(() => local.close());
  const verifier = createVerifier(policyFor(local.issuer), { now: () => NOW });
  const token = mint({ iss: local.issuer });
  const verifying = verifier.verify(token);
  assert.throws(trap, InternalError);
  await verifying;
  verifier.verifySync(token);
});
