// Who is measured. Each of the packages checks the same things: signature, issuer, audience, times, algorithm.
import { createPublicKey, verify as hostVerify } from "node:crypto";

import { JwtVerifier } from "aws-jwt-verify";
import fastJwt from "fast-jwt";
import { jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";

import { BARE, PEERS, RSA_CRATE } from "./names.mjs";
import { loadOthers } from "./others-in-wasm.mjs";
import { PATHS, createVerifier } from "./ours.mjs";
import { AUDIENCE, ISSUER, swapped } from "./tokens.mjs";

/** All contenders over these tokens, ours first. */
export async function contenders(sample) {
  const ours = Object.entries(PATHS).map(([name, options]) => ({ name, verify: ourVerifier(sample, options) }));
  const others = PEERS.map((name) => ({ name, verify: PACKAGES[name](sample) }));
  const whole = [...ours, ...others].map((contender) => ({ ...contender, inputs: sample.tokens, bad: swapped(sample.tokens) }));
  const parts = { inputs: sample.tokens.map(split), bad: split(swapped(sample.tokens)) };
  const alone = [{ name: BARE, verify: bare(sample) }];
  if (sample.algorithm === "RS256") {
    alone.push({ name: RSA_CRATE, verify: await rsaCrate(sample) });
  }
  return [...whole, ...alone.map((contender) => ({ ...contender, ...parts }))];
}

export function ourVerifier({ algorithm, jwk }, options = {}) {
  const verifier = createVerifier(
    { audience: AUDIENCE, trust: [{ issuer: ISSUER }], algorithms: [algorithm] },
    { keys: { [ISSUER]: { keys: [jwk] } }, ...options },
  );
  return (token) => verifier.verifySync(token);
}

const PACKAGES = {
  "aws-jwt-verify"({ jwk }) {
    const verifier = JwtVerifier.create({ issuer: ISSUER, audience: AUDIENCE });
    verifier.cacheJwks({ keys: [jwk] });
    return (token) => verifier.verifySync(token);
  },
  "fast-jwt"(sample) {
    return fastJwtVerifier(sample, false);
  },
  jose({ algorithm, jwk }) {
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    const options = { algorithms: [algorithm], audience: AUDIENCE, issuer: ISSUER };
    return (token) => jwtVerify(token, publicKey, options);
  },
  jsonwebtoken({ algorithm, jwk }) {
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    const options = { algorithms: [algorithm], audience: AUDIENCE, issuer: ISSUER };
    return (token) => jsonwebtoken.verify(token, publicKey, options);
  },
};

export function fastJwtVerifier({ algorithm, jwk }, cache) {
  return fastJwt.createVerifier({
    key: createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }),
    algorithms: [algorithm],
    allowedIss: ISSUER,
    allowedAud: AUDIENCE,
    cache,
  });
}

function bare({ hash, jwk }) {
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  return ({ content, signature }) => mustHold(hostVerify(hash, content, key, signature));
}

async function rsaCrate({ jwk }) {
  const { RsaCrateKey } = await loadOthers();
  const key = new RsaCrateKey(Buffer.from(jwk.n, "base64url"), Buffer.from(jwk.e, "base64url"));
  return ({ content, signature }) => mustHold(key.verify(content, signature));
}

function split(token) {
  const at = token.lastIndexOf(".");
  return { content: Buffer.from(token.slice(0, at)), signature: Buffer.from(token.slice(at + 1), "base64url") };
}

function mustHold(holds) {
  if (!holds) {
    throw new Error("the signature does not hold");
  }
}
