// AWS's own clients, and services in other processes, against `listen()`. COUNTERSIGN_PYTHON is a Python that has
// boto3 and the AWS CLI.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect } from "node:net";
import { test } from "node:test";
import { promisify } from "node:util";

import { EnableOutboundWebIdentityFederationCommand, GetOutboundWebIdentityFederationInfoCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetWebIdentityTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { createVerifier } from "countersign";
import { createTestIssuer } from "countersign/testing";

import { AUDIENCE, POLICY, claimsOf, verdict, verifierFor } from "./sample.mjs";

const python = process.env.COUNTERSIGN_PYTHON;
assert.ok(python, "COUNTERSIGN_PYTHON is not set: run these tests by cargo xtask test");
const run = promisify(execFile);

async function listening(t, options, listenOptions) {
  const issuer = createTestIssuer(options);
  t.after(() => issuer.close());
  return { issuer, server: await issuer.listen(listenOptions) };
}

const sdk = ({ url, region, credentials }) => ({ endpoint: url, region, credentials });

test("the AWS SDK mints a token, and the policy of production takes it", async (t) => {
  const { issuer, server } = await listening(t, { principals: [{ role: "billing/Batch", sessionName: "nightly" }] });
  const sts = new STSClient(sdk(server));
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, "arn:aws:sts::123456789012:assumed-role/Batch/nightly");
  const { WebIdentityToken, Expiration } = await sts.send(
    new GetWebIdentityTokenCommand({ Audience: [AUDIENCE], SigningAlgorithm: "ES384", Tags: [{ Key: "job", Value: "7 漢字" }] }),
  );
  assert.equal(Expiration.getTime() / 1000, claimsOf(WebIdentityToken).exp);
  const identity = await verifierFor(issuer).verify(WebIdentityToken);
  assert.deepEqual([identity.principal.arn, identity.aws.requestTags], ["arn:aws:iam::123456789012:role/billing/Batch", { job: "7 漢字" }]);
});

test("the AWS SDK sees AWS's errors", async (t) => {
  const { issuer, server } = await listening(t);
  const sts = new STSClient(sdk(server));
  const mint = (input) => sts.send(new GetWebIdentityTokenCommand({ Audience: [AUDIENCE], SigningAlgorithm: "ES384", ...input }));
  await assert.rejects(mint({ DurationSeconds: 59 }), { name: "ValidationError" });
  issuer.disable();
  await assert.rejects(mint({}), { name: "OutboundWebIdentityFederationDisabledException" });
  const iam = new IAMClient(sdk(server));
  assert.equal((await iam.send(new EnableOutboundWebIdentityFederationCommand({}))).IssuerIdentifier, issuer.url);
  assert.equal((await iam.send(new GetOutboundWebIdentityFederationInfoCommand({}))).JwtVendingEnabled, true);
  await mint({});
});

test("signatures are verified where there is a secret", async (t) => {
  const { server } = await listening(t, { principals: [{ role: "x", secretAccessKey: "the secret" }] });
  await new STSClient(sdk(server)).send(new GetCallerIdentityCommand({}));
  const wrong = { ...sdk(server), credentials: { ...server.credentials, secretAccessKey: "another" } };
  await assert.rejects(new STSClient(wrong).send(new GetCallerIdentityCommand({})), { name: "SignatureDoesNotMatch" });
});

test("boto3 and the AWS CLI, by the variables of their environment", async (t) => {
  const { issuer, server } = await listening(t);
  const env = { PATH: process.env.PATH, ...server.env };
  const program = `import boto3; print(boto3.client("sts").get_web_identity_token(Audience=["${AUDIENCE}"], SigningAlgorithm="ES384")["WebIdentityToken"])`;
  const cli = ["sts", "get-web-identity-token", "--audience", JSON.stringify([AUDIENCE]), "--signing-algorithm", "ES384", "--query", "WebIdentityToken", "--output", "text"];
  for (const args of [["-c", program], ["-m", "awscli", ...cli]]) {
    const { stdout } = await run(python, args, { env });
    assert.equal(await verdict(verifierFor(issuer), stdout.trim()), "accepted");
  }
});

test("a service in another process fetches from it: issuers of the loopback form", async (t) => {
  const issuer = createTestIssuer({ issuerForm: "loopback", rsa: true });
  t.after(() => issuer.close());
  await assert.rejects(issuer.token(), /call it first/);
  const { url } = await issuer.listen();
  assert.ok(issuer.url.startsWith(`${url}/`));
  const policy = { ...POLICY, dangerLoopbackIssuers: [url] };
  for (const algorithm of ["ES384", "RS256"]) {
    // By the network.
    assert.equal(await verdict(createVerifier(policy), issuer.token({ algorithm })), "accepted");
  }
  assert.equal(await verdict(createVerifier(policy, { fetch: issuer.fetch }), issuer.token()), "accepted");
  issuer.outage({ status: 503 });
  assert.equal(await verdict(createVerifier(policy), issuer.token()), "key.unavailable");
});

test("its documents are found by the name of AWS's host too", async (t) => {
  const { issuer, server } = await listening(t);
  const { hostname, port } = new URL(server.url);
  const answer = await new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.end(`GET /.well-known/jwks.json HTTP/1.1\r\nHost: ${new URL(issuer.url).host}\r\nConnection: close\r\n\r\n`);
    });
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk) => (text += chunk)).on("end", () => resolve(text)).on("error", reject);
  });
  assert.match(answer, /^HTTP\/1\.1 200 OK/);
  assert.match(answer, /"kid":"EC384_0"/);
});

test("hostile and odd requests are answered", async (t) => {
  const { server } = await listening(t);
  assert.equal((await fetch(server.url, { method: "POST", body: "x".repeat(600_000) }).catch(() => ({ status: 413 }))).status, 413);
  assert.equal((await fetch(`${server.url}/nowhere`)).status, 404);
  assert.equal((await fetch(server.url, { method: "DELETE" })).status, 405);
  assert.equal((await fetch(`${server.url}/_countersign/state`, { headers: { origin: "https://evil.example" } })).status, 403);
  assert.equal((await fetch(server.url, { method: "POST", body: new Uint8Array([0xff, 0xfe, 0]) })).status, 400);
  assert.equal((await fetch(`${server.url}/_countersign/state`)).status, 200);
});

test("closed, it listens no more; also by `await using` and when the issuer is closed", async () => {
  const issuer = createTestIssuer();
  const server = await issuer.listen();
  issuer.outage("hang");
  const [label] = new URL(issuer.url).host.split(".");
  const hanging = fetch(`${server.url}/${label}/.well-known/jwks.json`).catch(() => "cut");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server.close();
  assert.equal(await hanging, "cut");
  await assert.rejects(fetch(server.url));
  const others = [await issuer.listen(), await issuer.listen({ host: "::1" })];
  assert.equal((await fetch(`${others[1].url}/nowhere`)).status, 404);
  await others[0][Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
  for (const { url } of others) {
    await assert.rejects(fetch(url));
  }
});

test("a port that is taken is an error", async (t) => {
  const { issuer, server } = await listening(t);
  await assert.rejects(issuer.listen({ port: Number(new URL(server.url).port) }), { code: "EADDRINUSE" });
});
