// Tokens as AWS shapes them, signed for real; each fault is one difference from a good one.
import { randomUUID, sign } from "node:crypto";

import { now } from "./clock.mjs";
import { EC384, named } from "./keys.mjs";

export const ISSUER = "https://2f6a1c7e-5b0d-4e39-9c8a-71d4e0b6f352.tokens.sts.global.api.aws";
export const AUDIENCE = "https://api.example.com";
const ROLE = "arn:aws:iam::123456789012:role/service/billing-batch";

/** A good token signed by this key. `header` and `payload` replace members, or the whole JSON as text. */
export function mint({ key = EC384, header = {}, payload = {} } = {}) {
  const content = `${encode(textOf(header, headerOf(key)))}.${encode(textOf(payload, claims()))}`;
  const signature = sign(key.hash, Buffer.from(content), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}

/** A token that claims a key nobody has published under this id. */
export function mintFor(kid) {
  return mint({ key: named(EC384, kid) });
}

export function headerOf({ kid, alg }) {
  return { kid, typ: "JWT", alg };
}

export function claims() {
  const iat = now();
  return {
    aud: AUDIENCE,
    exp: iat + 300,
    "https://sts.amazonaws.com/": {
      aws_account: "123456789012",
      org_id: "o-abc1234567",
      original_session_exp: "2026-12-28T10:45:29Z",
      ou_path: ["o-abc1234567/r-ab12/ou-ab12-11111111/"],
      principal_id: ROLE,
      principal_tags: { environment: "production", team: "billing" },
      request_tags: { "job-id": "job-17" },
      source_region: "eu-west-1",
    },
    iat,
    iss: ISSUER,
    jti: randomUUID(),
    sub: ROLE,
  };
}

function textOf(given, members) {
  return typeof given === "string" || Buffer.isBuffer(given) ? given : JSON.stringify({ ...members, ...given });
}

function encode(text) {
  return Buffer.from(text).toString("base64url");
}
