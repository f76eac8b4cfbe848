/** An issuer on loopback whose answers a test chooses, and the tokens it would sign. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

export const NOW = 1_764_000_000;
export const AUDIENCE = "https://api.example.com";
export const ACCOUNT = "123456789012";
export const ORGANIZATION = "o-abc1234567";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/service/billing`;
const AWS_CLAIM = "https://sts.amazonaws.com/";

const elliptic = generateKeyPairSync("ec", { namedCurve: "P-384" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

export const KEY_SET = {
  keys: [
    { ...jwk(elliptic.publicKey), kid: "EC384_0", use: "sig", alg: "ES384" },
    { ...jwk(rsa.publicKey), kid: "RSA_0", use: "sig" },
  ],
};

function jwk(key: KeyObject): object {
  return key.export({ format: "jwk" });
}

/** A key set with an ES384 key of its own under each of these ids, and tokens signed by them. */
export function keyRing(...keyIds: string[]): { keySet: object; mint(keyId: string, claims: Claims): string } {
  const pairs = new Map(keyIds.map((kid) => [kid, generateKeyPairSync("ec", { namedCurve: "P-384" })]));
  const keys = [...pairs].map(([kid, { publicKey }]) => ({ ...jwk(publicKey), kid, use: "sig", alg: "ES384" }));
  return {
    keySet: { keys },
    mint(keyId, claims) {
      const pair = pairs.get(keyId);
      if (pair === undefined) {
        throw new Error(`no key ${keyId}`);
      }
      return signedBy(pair.privateKey, keyId, payloadOf(claims));
    },
  };
}

export interface Claims {
  iss: string;
  aud?: unknown;
  iat?: number;
  exp?: number;
  aws?: Record<string, unknown>;
  [name: string]: unknown;
}

/** A token shaped as AWS shapes them, signed for real. */
export function mint(claims: Claims, algorithm: "ES384" | "RS256" = "ES384"): string {
  return signed(payloadOf(claims), algorithm);
}

function payloadOf({ aws, ...claims }: Claims): string {
  return JSON.stringify({
    aud: AUDIENCE,
    exp: NOW + 300,
    [AWS_CLAIM]: {
      aws_account: ACCOUNT,
      org_id: ORGANIZATION,
      ou_path: [`${ORGANIZATION}/r-ab12/ou-ab12-11111111/`],
      principal_id: ROLE,
      source_region: "eu-west-1",
      ...aws,
    },
    iat: NOW,
    jti: "5f2c9a34-6b1e-4d0c-8a77-0d3b6a2e9c11",
    sub: ROLE,
    ...claims,
  });
}

/** Signs a payload as it is, so that a test decides its very bytes. */
export function signed(payload: string, algorithm: "ES384" | "RS256" = "ES384"): string {
  return algorithm === "ES384"
    ? signedBy(elliptic.privateKey, "EC384_0", payload)
    : signedBy(rsa.privateKey, "RSA_0", payload);
}

function signedBy(key: KeyObject, kid: string, payload: string): string {
  const isElliptic = key.asymmetricKeyType === "ec";
  const header = { kid, typ: "JWT", alg: isElliptic ? "ES384" : "RS256" };
  const content = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  const signature = isElliptic
    ? sign("sha384", Buffer.from(content), { key, dsaEncoding: "ieee-p1363" })
    : sign("sha256", Buffer.from(content), key);
  return `${content}.${signature.toString("base64url")}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface LocalIssuer {
  readonly issuer: string;
  /** The paths that were asked for, in order. */
  readonly requests: string[];
  /** Answers the next requests for this document in another way. */
  answer(document: "discovery" | "keys", answer: Answer | undefined): void;
  close(): Promise<void>;
}

/** Starts an issuer that answers as AWS does until told otherwise. */
export async function localIssuer(): Promise<LocalIssuer> {
  const requests: string[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const document = request.url?.endsWith("/jwks.json") === true ? "keys" : "discovery";
    const answer = answers.get(document) ?? (document === "keys" ? json(KEY_SET) : discovery);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/7d0c3b52`;
  const discovery = json({
    claims_supported: ["aud", "exp", "iat", "iss", "jti", "sub"],
    id_token_signing_alg_values_supported: ["RS256", "ES384"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    subject_types_supported: ["public"],
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return {
    issuer,
    requests,
    answer(document, answer) {
      if (answer === undefined) {
        answers.delete(document);
      } else {
        answers.set(document, answer);
      }
    },
    close,
  };
}

export function json(value: unknown): Answer {
  return (_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(value));
  };
}

/** A policy that trusts this one issuer, on loopback. */
export function policyFor(issuer: string): {
  audience: string;
  trust: { issuer: string; account: string }[];
  dangerLoopbackIssuers: string[];
} {
  return {
    audience: AUDIENCE,
    trust: [{ issuer, account: ACCOUNT }],
    dangerLoopbackIssuers: [new URL(issuer).origin],
  };
}
