// on-host.mjs JOB.json: whole verifications of RS256 beside the host's own `crypto.verify` over what was signed.
// It runs in Node, Bun and Deno, from where the package is installed, so that each takes the entry of the
// package that is meant for it.
import { Buffer } from "node:buffer";
import { createPublicKey, verify as hostVerify } from "node:crypto";
import { readFileSync } from "node:fs";
import process from "node:process";

import { createVerifier } from "countersign";

import { interleave, mustWork } from "./rounds.mjs";

const { issuer, audience, jwk, tokens, bad, options, rounds, warmUp } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const verifier = createVerifier(
  { audience, trust: [{ issuer }], algorithms: ["RS256"] },
  { keys: { [issuer]: { keys: [jwk] } }, ...options },
);
const key = createPublicKey({ key: jwk, format: "jwk" });
const contenders = [
  { name: "countersign", inputs: tokens, bad, verify: (token) => verifier.verifySync(token) },
  { name: "bare", inputs: tokens.map(split), bad: split(bad), verify: bare },
];
for (const contender of contenders) {
  await mustWork(contender, contender.bad);
}
console.log(JSON.stringify(await interleave(contenders, { warmUp, rounds })));

function bare({ content, signature }) {
  if (!hostVerify("sha256", content, key, signature)) {
    throw new Error("the signature does not hold");
  }
}

function split(token) {
  const at = token.lastIndexOf(".");
  return { content: Buffer.from(token.slice(0, at)), signature: Buffer.from(token.slice(at + 1), "base64url") };
}
