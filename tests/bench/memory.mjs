// What is kept in memory: for an issuer that was met once, and for a key that is used all the time.
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import * as watch from "./wasm-watch.mjs";
import { ALGORITHMS, AUDIENCE, ORGANIZATION, claims, makeKey, mint } from "./tokens.mjs";

const { createVerifier } = await import("./ours.mjs");
const HOT = 5;

/** In bytes. */
export async function measure({ issuers, warmUp }) {
  return { issuers, idleIssuer: await idleIssuer(issuers), preparedKeys: preparedKeys(warmUp) };
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

/** What linear memory grows by as one key after another is used all the time; the first is not counted, since what keys share is made with it. */
function preparedKeys(verifications) {
  return Object.fromEntries(ALGORITHMS.map((algorithm) => [algorithm, preparedKey(algorithm, verifications)]));
}

function preparedKey(algorithm, verifications) {
  const issuers = Array.from({ length: HOT + 1 }, () => `https://${randomUUID()}.tokens.sts.global.api.aws`);
  const keys = issuers.map(() => makeKey(algorithm));
  const verifier = createVerifier(
    { audience: AUDIENCE, trust: issuers.map((issuer) => ({ issuer })), algorithms: [algorithm] },
    { keys: Object.fromEntries(issuers.map((issuer, at) => [issuer, { keys: [keys[at].jwk] }])) },
  );
  const sizes = issuers.map((issuer, at) => {
    const tokens = Array.from({ length: 50 }, (_, index) => mint(keys[at], claims(index, { issuer })));
    for (let done = 0; done < verifications; done += 1) {
      verifier.verifySync(tokens[done % tokens.length]);
    }
    return watch.linearMemory();
  });
  return (sizes[HOT] - sizes[0]) / HOT;
}

async function used() {
  for (let time = 0; time < 3; time += 1) {
    globalThis.gc();
    await pause(20);
  }
  return { heap: process.memoryUsage().heapUsed, wasm: watch.linearMemory() };
}
