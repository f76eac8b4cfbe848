// What is kept in memory: for an issuer that was met once, and for a key that is used all the time.
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import * as watch from "./wasm-watch.mjs";
import { AUDIENCE, ORGANIZATION, claims, makeKey, mint } from "./tokens.mjs";

const { createVerifier } = await import("./ours.mjs");
/** Keys that come first, with which what keys share is prepared and what is free is used up; and those that count. */
const [FIRST, COUNTED] = [5, 16];
/** Verifiers that stay: what a verifier that is gone had would serve the next, and its memory would not grow. */
const kept = [];

/** In bytes. */
export async function measure({ issuers, warmUp }) {
  const preparedKeys = Object.fromEntries(["ES384", "ES256"].map((algorithm) => [algorithm, preparedKey(algorithm, warmUp)]));
  return { preparedKeys, issuers, idleIssuer: await idleIssuer(issuers) };
}

/** What linear memory grows by as one key after another is used all the time. */
function preparedKey(algorithm, verifications) {
  const issuers = Array.from({ length: FIRST + COUNTED }, () => `https://${randomUUID()}.tokens.sts.global.api.aws`);
  const keys = issuers.map(() => makeKey(algorithm));
  const verifier = createVerifier(
    { audience: AUDIENCE, trust: issuers.map((issuer) => ({ issuer })), algorithms: [algorithm] },
    { keys: Object.fromEntries(issuers.map((issuer, at) => [issuer, { keys: [keys[at].jwk] }])) },
  );
  kept.push(verifier);
  const sizes = issuers.map((issuer, at) => {
    const tokens = Array.from({ length: 50 }, (_, index) => mint(keys[at], claims(index, { issuer })));
    for (let done = 0; done < verifications; done += 1) {
      verifier.verifySync(tokens[done % tokens.length]);
    }
    return watch.linearMemory();
  });
  return (sizes[FIRST + COUNTED - 1] - sizes[FIRST - 1]) / COUNTED;
}

/**
 * Issuers that are trusted by organization: the keys of each are fetched (from a function; AWS's shape, one P-384
 * and one RSA key, all different), and one token of each is verified.
 */
async function idleIssuer(count) {
  const issuers = new Map();
  const unlimited = { maxIssuers: 100_000, fetchBurst: 1_000_000, fetchesPerMinute: 1_000_000 };
  const verifier = createVerifier(
    { audience: AUDIENCE, trust: [{ organization: ORGANIZATION }] },
    { keyStore: unlimited, fetch: async (url) => answer(issuers, url) },
  );
  kept.push(verifier);
  const meet = async (many) => {
    for (let met = 0; met < many; met += 1) {
      const issuer = `https://${randomUUID()}.tokens.sts.global.api.aws`;
      const key = makeKey("ES384");
      issuers.set(issuer, key.jwk);
      await verifier.verify(mint(key, claims(met, { issuer })));
      issuers.delete(issuer);
    }
  };
  // Enough for what happens once only to have happened.
  await meet(count / 2);
  const before = await used();
  await meet(count);
  const after = await used();
  return { heap: (after.heap - before.heap) / count, wasm: (after.wasm - before.wasm) / count };
}

function answer(issuers, url) {
  const [issuer, path] = url.split("/.well-known/");
  if (path === "openid-configuration") {
    return Response.json({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  }
  return Response.json({ keys: [issuers.get(issuer), anyRsaKey()] });
}

/** A modulus that nobody knows the factors of does for a key that verifies nothing, and is made at once. */
function anyRsaKey() {
  const modulus = randomBytes(256);
  modulus[0] |= 0x80;
  modulus[255] |= 1;
  return { kty: "RSA", kid: "RSA_0", use: "sig", alg: "RS256", n: modulus.toString("base64url"), e: "AQAB" };
}

async function used() {
  for (let time = 0; time < 3; time += 1) {
    globalThis.gc();
    await pause(20);
  }
  return { heap: process.memoryUsage().heapUsed, wasm: watch.linearMemory() };
}
