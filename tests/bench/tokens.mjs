// Tokens as AWS shapes them, about 1.1 kB each, all different: keys recur in a service, tokens do not.
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";

export const ISSUER = "https://2f6a1c7e-5b0d-4e39-9c8a-71d4e0b6f352.tokens.sts.global.api.aws";
export const AUDIENCE = "https://api.example.com";
export const ORGANIZATION = "o-abc1234567";
export const ROLE = "arn:aws:iam::123456789012:role/service/billing-batch";

const KINDS = {
  ES384: { kid: "EC384_0", hash: "sha384", pair: () => generateKeyPairSync("ec", { namedCurve: "P-384" }) },
  ES256: { kid: "EC256_0", hash: "sha256", pair: () => generateKeyPairSync("ec", { namedCurve: "P-256" }) },
  RS256: { kid: "RSA_0", hash: "sha256", pair: () => generateKeyPairSync("rsa", { modulusLength: 2048 }) },
};

export const ALGORITHMS = Object.keys(KINDS);

/** A key of this algorithm and `count` different tokens signed with it. */
export function sample(algorithm, count) {
  const key = makeKey(algorithm);
  const tokens = Array.from({ length: count }, (_, index) => mint(key, claims(index)));
  return { algorithm, hash: key.hash, jwk: key.jwk, tokens };
}

export function makeKey(algorithm) {
  const { kid, hash, pair } = KINDS[algorithm];
  const { privateKey, publicKey } = pair();
  return { algorithm, kid, hash, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: algorithm } };
}

/** The claims of a token; `index` makes them different, `aws` adds to AWS's own. */
export function claims(index, { issuer = ISSUER, sub = ROLE, aws = {} } = {}) {
  const iat = Math.floor(Date.now() / 1000);
  return {
    aud: AUDIENCE,
    exp: iat + 3600,
    "https://sts.amazonaws.com/": {
      aws_account: "123456789012",
      org_id: ORGANIZATION,
      original_session_exp: "2026-12-28T10:45:29Z",
      ou_path: ["o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/"],
      principal_id: sub,
      principal_tags: { environment: "production", team: "billing" },
      request_tags: { "job-id": `job-${index}` },
      source_region: "eu-west-1",
      ...aws,
    },
    iat,
    iss: issuer,
    jti: randomUUID(),
    sub,
  };
}

export function mint({ algorithm, kid, hash, privateKey }, payload) {
  const content = `${encode({ kid, typ: "JWT", alg: algorithm })}.${encode(payload)}`;
  const signature = sign(hash, Buffer.from(content), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}

/** The first token with the second one's signature. */
export function swapped([first, second]) {
  return first.slice(0, first.lastIndexOf(".")) + second.slice(second.lastIndexOf("."));
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
