// Key pairs by name, and tokens shaped as AWS shapes them.
import { generateKeyPair, sign } from "node:crypto";
import { promisify } from "node:util";

export const AUDIENCE = "https://api.example.com";
export const ACCOUNT = "123456789012";
export const ORGANIZATION = "o-abc1234567";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/service/billing`;
const AWS_CLAIM = "https://sts.amazonaws.com/";

const generate = promisify(generateKeyPair);

/** What an algorithm's keys are made of, and how it signs. */
const ALGORITHMS = {
  ES256: { type: "ec", options: { namedCurve: "P-256" }, hash: "sha256" },
  ES384: { type: "ec", options: { namedCurve: "P-384" }, hash: "sha384" },
  RS256: { type: "rsa", options: { modulusLength: 2048 }, hash: "sha256" },
};

/** The algorithm of a key by its id, which begins as AWS's ids do. */
export function algorithmOf(keyId) {
  const [kind] = keyId.split("_");
  const algorithm = { EC256: "ES256", EC384: "ES384", RSA: "RS256" }[kind];
  if (algorithm === undefined) {
    throw new Error(`no algorithm for the key id ${keyId}`);
  }
  return algorithm;
}

export function keyPair(algorithm) {
  const { type, options } = ALGORITHMS[algorithm];
  return generate(type, options);
}

export function jwk({ publicKey }, kid, alg = algorithmOf(kid)) {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg };
}

/** The claims of a token: a member that is `undefined` is left out. */
export function claimsOf({ aws, ...claims }, now) {
  return {
    aud: AUDIENCE,
    sub: ROLE,
    iat: now,
    exp: now + 300,
    [AWS_CLAIM]: {
      aws_account: ACCOUNT,
      org_id: ORGANIZATION,
      ou_path: [`${ORGANIZATION}/r-ab12/ou-ab12-11111111/`],
      principal_id: ROLE,
      source_region: "eu-west-1",
      ...aws,
    },
    ...claims,
  };
}

/** Signs for real: with the pair's own algorithm, whatever the header says. */
export function signed({ privateKey }, algorithm, header, payload) {
  const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  const content = `${encode(header)}.${encode(payload)}`;
  const { hash } = ALGORITHMS[algorithm];
  const signature = sign(hash, Buffer.from(content), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}
