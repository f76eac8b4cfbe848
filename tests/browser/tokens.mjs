// Tokens as AWS issues them, signed with fresh keys by Node's own cryptography.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";

const KINDS = {
  ES384: { kid: "EC384_0", make: () => generateKeyPairSync("ec", { namedCurve: "P-384" }), digest: "sha384" },
  ES256: { kid: "EC256_0", make: () => generateKeyPairSync("ec", { namedCurve: "P-256" }), digest: "sha256" },
  RS256: { kid: "RSA_0", make: () => generateKeyPairSync("rsa", { modulusLength: 2048 }), digest: "sha256" },
};

export const encode = (value) =>
  Buffer.from(typeof value === "string" || Buffer.isBuffer(value) ? value : JSON.stringify(value)).toString("base64url");

/** Now, in seconds since the epoch. */
export const now = () => Math.floor(Date.now() / 1000);

/** An issuer of AWS's form, with a key for each algorithm. */
export function makeIssuer() {
  const url = `https://${randomUUID()}.tokens.sts.global.api.aws`;
  const keys = {};
  const key = (alg) => (keys[alg] ??= KINDS[alg].make());
  return {
    url,
    /** A token; `payload` as text stays as it is. */
    token(alg, payload = claims(url), header = {}) {
      const { kid, digest } = KINDS[alg];
      const head = typeof header === "string" ? header : { kid, typ: "JWT", alg, ...header };
      const content = `${encode(head)}.${encode(payload)}`;
      const signature = sign(digest, Buffer.from(content), { key: key(alg).privateKey, dsaEncoding: "ieee-p1363" });
      return `${content}.${encode(signature)}`;
    },
    /** The key of an algorithm as a JWK. */
    jwk: (alg) => ({ ...key(alg).publicKey.export({ format: "jwk" }), kid: KINDS[alg].kid, use: "sig", alg }),
    /** The key of an algorithm in PEM. */
    pem: (alg) => key(alg).publicKey.export({ format: "pem", type: "spki" }),
    /** The key set, with a key for each algorithm. */
    keySet: () => ({ keys: Object.keys(KINDS).map((alg) => ({ ...key(alg).publicKey.export({ format: "jwk" }), kid: KINDS[alg].kid, use: "sig", alg })) }),
  };
}

/** Claims of a role in an organization. */
export function claims(issuer, more = {}, aws = {}) {
  const at = now();
  return {
    aud: "https://api.example.com",
    exp: at + 300,
    "https://sts.amazonaws.com/": {
      aws_account: "111122223333",
      org_id: "o-abc1234567",
      ou_path: ["o-abc1234567/r-ab12/ou-ab12-11111111/"],
      principal_id: "arn:aws:iam::111122223333:role/billing/Batch",
      source_region: "eu-west-1",
      principal_tags: { environment: "production" },
      request_tags: { job: "7" },
      ...aws,
    },
    iat: at,
    iss: issuer,
    jti: createHash("sha256").update(`${issuer}${at}`).digest("hex").slice(0, 32),
    sub: "arn:aws:iam::111122223333:role/billing/Batch",
    ...more,
  };
}
