// Key pairs, as an issuer would publish them.
import { generateKeyPairSync } from "node:crypto";

export const RSA = pair("RSA_0", "RS256", "sha256", "rsa", { modulusLength: 2048 });
export const EC384 = pair("EC384_0", "ES384", "sha384", "ec", { namedCurve: "P-384" });
/** The keys that come after these. */
export const NEXT_RSA = pair("RSA_1", "RS256", "sha256", "rsa", { modulusLength: 2048 });
export const NEXT_EC384 = pair("EC384_1", "ES384", "sha384", "ec", { namedCurve: "P-384" });
export const RSA_1024 = pair("RSA_1024", "RS256", "sha256", "rsa", { modulusLength: 1024 });
/** A good key, of which its publisher says that it is for something else. */
export const NOT_FOR_SIGNATURES = { ...RSA, kid: "RSA_7" };
/** A key of the wrong curve for the algorithm that its tokens name. */
export const P256_FOR_ES384 = pair("P256", "ES384", "sha384", "ec", { namedCurve: "P-256" });

/** What AWS publishes: an RSA key, which may lack `alg`, and one of P-384, which has it. */
export const KEY_SET = keySet(published(RSA), published(EC384, { alg: "ES384" }));

export function keySet(...keys) {
  return { keys };
}

/** The public key as a JWK. */
export function published({ kid, publicKey }, members = {}) {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig", ...members };
}

export function named(key, kid) {
  return { ...key, kid };
}

function pair(kid, alg, hash, type, options) {
  return { kid, alg, hash, ...generateKeyPairSync(type, options) };
}
