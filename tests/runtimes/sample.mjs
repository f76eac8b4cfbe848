// A token that the policy accepts and one that it does not, and what every runtime has to make of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A folder in which the packed package was installed and nothing else. */
export const installed = required("COUNTERSIGN_TARBALL_DIR");

export const packageFolder = join(installed, "node_modules/countersign");

const { policy, keys, now, token } = JSON.parse(
  readFileSync(new URL("../packaging/consumer/sample.json", import.meta.url), "utf8"),
);

export const GIVEN = { policy, keys, now, tokens: [token, `${token.slice(0, -4)}AAAA`, "no token"] };

/** What `VERDICTS_SOURCE` comes to. */
export const VERDICTS = ["arn:aws:iam::123456789012:role/service/billing", "signature.invalid", "token.segments"];

/** A function that says, token by token, who was accepted or why not: plain text, to be put into other programs. */
export const VERDICTS_SOURCE = `
async function verdicts({ createVerifier }, { policy, keys, now, tokens }, crypto = "auto") {
  const verifier = createVerifier(policy, { keys, now: () => now, crypto });
  return Promise.all(tokens.map((token) => verifier.verify(token).then((identity) => identity.principal.arn, (error) => error.code ?? String(error))));
}`;

function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run these tests by cargo xtask test`);
  return value;
}

/** What asking for the host's cryptography comes to where there is none that serves. */
export const NO_HOST_CRYPTO = "options.crypto";
