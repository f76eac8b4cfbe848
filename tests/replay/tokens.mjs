/** An issuer's key, and tokens that it signs, shaped as AWS shapes them. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

export const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
export const POLICY = { audience: "https://api.example.com", trust: [{ issuer: ISSUER }] };
/** Of the policy, by default. */
export const CLOCK_TOLERANCE_SECONDS = 30;

export function newKey() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "pem", type: "pkcs8" });
}

/** The key sets that a verifier is given. */
export function keysOf(pem) {
  const jwk = createPublicKey(pem).export({ format: "jwk" });
  return { [ISSUER]: { keys: [{ ...jwk, kid: "RSA_0", alg: "RS256", use: "sig" }] } };
}

export function mint(pem, jti, { iat = seconds(), exp = iat + 300, sub = "arn:aws:iam::123456789012:role/batch" } = {}) {
  const header = { kid: "RSA_0", typ: "JWT", alg: "RS256" };
  const claims = { iss: ISSUER, aud: POLICY.audience, sub, iat, exp, jti };
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${input}.${sign("sha256", Buffer.from(input), createPrivateKey(pem)).toString("base64url")}`;
}

/** What a token is claimed by: computed here from its definition, apart from the core. */
export function keyOf(jti) {
  const hash = createHash("sha256");
  for (const part of [ISSUER, jti]) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(Buffer.byteLength(part)));
    hash.update(length).update(part);
  }
  return hash.digest("hex");
}

export function seconds() {
  return Math.floor(Date.now() / 1000);
}
