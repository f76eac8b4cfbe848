// What the tests share: clients that talk to the local issuer, and an independent verifier.

import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";

import { GetWebIdentityTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { IAMClient } from "@aws-sdk/client-iam";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";

export const AUDIENCE = "https://api.example.com";
export const CLAIM = "https://sts.amazonaws.com/";
export const REGION = "eu-west-1";

const configured = process.env.COUNTERSIGN_ISSUER_URL;
if (!configured) {
  throw new Error(
    "COUNTERSIGN_ISSUER_URL must name a running issuer, such as http://127.0.0.1:8080",
  );
}
const issuerUrl = configured.replace(/\/+$/, "");

const settings = (accessKeyId) => ({
  region: REGION,
  endpoint: issuerUrl,
  credentials: {
    accessKeyId,
    secretAccessKey: "any",
    ...(accessKeyId.startsWith("ASIA") && { sessionToken: "any" }),
  },
});

export const sts = (accessKeyId) => new STSClient(settings(accessKeyId));
export const iam = (accessKeyId) => new IAMClient(settings(accessKeyId));

/** A client that believes it talks to the global endpoint, while its connections go to the issuer. */
export function globalSts(accessKeyId) {
  const { hostname, port } = new URL(issuerUrl);
  const httpAgent = new http.Agent();
  httpAgent.createConnection = () => net.connect(Number(port), hostname);
  const endpoint = "http://sts.amazonaws.com";
  return new STSClient({ ...settings(accessKeyId), endpoint, requestHandler: { httpAgent } });
}

export function mint(client, input = {}) {
  const good = { Audience: [AUDIENCE], SigningAlgorithm: "ES384" };
  return client.send(new GetWebIdentityTokenCommand({ ...good, ...input }));
}

/** Administration: rotating and withdrawing keys. */
export async function admin(path) {
  const response = await fetch(`${issuerUrl}/_countersign/${path}`, { method: "POST" });
  assert.equal(response.status, 200);
  return response.json();
}

/** Verifies a token with jose, finding the keys as any OpenID Connect client would. */
export async function verifiedClaims(token, audience = AUDIENCE) {
  const issuer = decodeJwt(token).iss;
  const discovery = await fetchJson(`${issuer}/.well-known/openid-configuration`);
  assert.equal(discovery.issuer, issuer);
  const keys = createLocalJWKSet(await fetchJson(discovery.jwks_uri));
  const { alg } = decodeProtectedHeader(token);
  const { payload } = await jwtVerify(token, keys, {
    algorithms: [alg],
    audience,
    issuer,
    requiredClaims: ["aud", "exp", "iat", "iss", "jti", "sub"],
  });
  return payload;
}

async function fetchJson(url) {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  return response.json();
}

/** Asserts that `promise` is rejected as one of the SDK's typed errors. */
export async function refused(promise, { type, status, code, message }) {
  const error = await promise.then(
    () => assert.fail("the request was granted"),
    (reason) => reason,
  );
  assert.equal(error.name, code, error.message);
  if (type) assert.ok(error instanceof type, `${error.constructor.name} is not ${type.name}`);
  assert.equal(error.$metadata.httpStatusCode, status);
  assert.equal(error.$fault, "client");
  assert.equal(error.$metadata.requestId.length, 36);
  if (message !== undefined) assert.equal(error.message, message);
}
