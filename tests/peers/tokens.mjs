/** Tokens shaped as AWS shapes them, and the keys that sign them. */
import { generateKeyPairSync, sign } from "node:crypto";

import { now } from "./clock.mjs";

export const AUDIENCE = "https://api.example.com";
const ROLE = "arn:aws:iam::123456789012:role/service/billing";

/** A key with its JWK; `bits` makes it an RSA key, `curve` an elliptic one. */
export function newKey(kid, { bits, curve, ...members }) {
  const { publicKey, privateKey } =
    bits === undefined
      ? generateKeyPairSync("ec", { namedCurve: curve })
      : generateKeyPairSync("rsa", { modulusLength: bits });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", ...members } };
}

export const newRsa = (kid, members) => newKey(kid, { bits: 2048, alg: "RS256", ...members });
export const newElliptic = (kid, members) => newKey(kid, { curve: "P-384", alg: "ES384", ...members });

export function claims(issuer, changes = {}) {
  return {
    aud: AUDIENCE,
    exp: now() + 300,
    "https://sts.amazonaws.com/": {
      aws_account: "123456789012",
      org_id: "o-abc1234567",
      principal_id: ROLE,
      source_region: "eu-west-1",
    },
    iat: now(),
    iss: issuer,
    jti: crypto.randomUUID(),
    sub: ROLE,
    ...changes,
  };
}

/** Signs whatever header and payload: objects, or the very bytes. */
export function mint({ kid, privateKey }, { header = {}, payload, hash }) {
  const isElliptic = privateKey.asymmetricKeyType === "ec";
  const head = Buffer.isBuffer(header)
    ? header
    : JSON.stringify({ kid, typ: "JWT", alg: isElliptic ? "ES384" : "RS256", ...header });
  const body = Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  const content = `${Buffer.from(head).toString("base64url")}.${Buffer.from(body).toString("base64url")}`;
  const key = isElliptic ? { key: privateKey, dsaEncoding: "ieee-p1363" } : privateKey;
  const signature = sign(hash ?? (isElliptic ? "sha384" : "sha256"), Buffer.from(content), key);
  return `${content}.${signature.toString("base64url")}`;
}
