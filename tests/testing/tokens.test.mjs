// Tokens as AWS mints them, and its refusals.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createVerifier } from "countersign";
import { createTestIssuer, StsError } from "countersign/testing";

import { AUDIENCE, CLAIM, NOW, ORGANIZATION, POLICY, claimsOf, headerOf, verdict, verifierFor } from "./sample.mjs";

test("a token is accepted by the policy of production, and only where the issuer's keys are trusted", async () => {
  const issuer = createTestIssuer();
  assert.match(issuer.url, /^https:\/\/[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws$/);
  const identity = await verifierFor(issuer).verify(await issuer.token({ role: "billing/Batch" }));
  assert.equal(identity.principal.arn, "arn:aws:iam::123456789012:role/billing/Batch");
  assert.equal(identity.issuer, issuer.url);
  assert.equal(identity.aws.organization, ORGANIZATION);
  assert.deepEqual(issuer.requests, [`${issuer.url}/.well-known/jwks.json`]);
  assert.equal(await verdict(verifierFor(createTestIssuer()), issuer.token()), "key.unavailable");
});

test("keys can be given, so that verifySync serves from the first call", async () => {
  const issuer = createTestIssuer({ rsa: true });
  const verifier = createVerifier(POLICY, { keys: issuer.keys });
  for (const algorithm of ["ES384", "RS256"]) {
    verifier.verifySync(await issuer.token({ algorithm }));
  }
  assert.deepEqual(issuer.keys[issuer.url].keys.map(({ kid }) => kid), ["RSA_0", "EC384_0"]);
  assert.deepEqual(issuer.requests, []);
});

test("discovery document and key set are as AWS's", async () => {
  const issuer = createTestIssuer({ cacheMaxAgeSeconds: 60 });
  const response = await issuer.fetch(`${issuer.url}/.well-known/openid-configuration`);
  assert.equal(response.headers.get("cache-control"), "public, max-age=60");
  const { issuer: said, jwks_uri } = await response.json();
  assert.equal(said, issuer.url);
  const keySet = await issuer.fetch(new URL(jwks_uri));
  assert.deepEqual((await keySet.json()).keys.map(({ kid }) => kid), ["EC384_0"]);
  assert.equal((await issuer.fetch(new Request(`${issuer.url}/nowhere`))).status, 404);
});

test("whatever is not the issuer's is not fetched", async () => {
  const issuer = createTestIssuer();
  for (const url of ["https://example.com/", `${issuer.url}.example.com/.well-known/jwks.json`, "https://sts.amazonaws.com/"]) {
    await assert.rejects(issuer.fetch(url), /is not a URL of this test issuer/);
  }
  assert.deepEqual(issuer.requests, []);
});

test("every option is in the token", async () => {
  const issuer = createTestIssuer({ now: NOW, region: "eu-west-1", rsa: true });
  const token = await issuer.token({
    role: "jobs/Nightly",
    audience: ["a", "b"],
    algorithm: "RS256",
    durationSeconds: 900,
    requestTags: { job: "7" },
    principalTags: { team: "billing" },
    sourceIdentity: "alice",
    sessionExpiresInSeconds: 1800,
    region: "eu-central-1",
    context: {
      lambda_source_function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
      ec2_source_instance_arn: "arn:aws:ec2:eu-west-1:123456789012:instance/i-0",
      ec2_instance_source_vpc: "vpc-0",
      ec2_instance_source_private_ipv4: "10.0.0.1",
      ec2_role_delivery: "2.0",
      glue_credential_issuing_service: "glue.amazonaws.com",
      identity_store_user_id: "user",
      identity_store_arn: "arn:aws:identitystore::123456789012:identitystore/d-1",
      federated_provider: "arn:aws:iam::123456789012:oidc-provider/example.com",
    },
  });
  assert.deepEqual(headerOf(token), { kid: "RSA_0", typ: "JWT", alg: "RS256" });
  const { jti, ...claims } = claimsOf(token);
  assert.match(jti, /^[0-9a-f-]{36}$/);
  assert.deepEqual(claims, {
    aud: ["a", "b"],
    exp: NOW + 900,
    iat: NOW,
    iss: issuer.url,
    sub: "arn:aws:iam::123456789012:role/jobs/Nightly",
    [CLAIM]: {
      aws_account: "123456789012",
      ec2_instance_source_private_ipv4: "10.0.0.1",
      ec2_instance_source_vpc: "vpc-0",
      ec2_role_delivery: "2.0",
      ec2_source_instance_arn: "arn:aws:ec2:eu-west-1:123456789012:instance/i-0",
      federated_provider: "arn:aws:iam::123456789012:oidc-provider/example.com",
      glue_credential_issuing_service: "glue.amazonaws.com",
      identity_store_arn: "arn:aws:identitystore::123456789012:identitystore/d-1",
      identity_store_user_id: "user",
      lambda_source_function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
      org_id: ORGANIZATION,
      original_session_exp: "2026-04-21T08:07:10Z",
      ou_path: ["o-abc1234567/r-ab12/ou-ab12-11111111/"],
      principal_id: "arn:aws:iam::123456789012:role/jobs/Nightly",
      principal_tags: { team: "billing" },
      request_tags: { job: "7" },
      source_identity: "alice",
      source_region: "eu-central-1",
    },
  });
});

test("what is not said is the first principal's and the first account's", async () => {
  const issuer = createTestIssuer({
    accounts: [
      { id: "111122223333", ouPath: "o-abc1234567/r-ab12/ou-ab12-22222222/" },
      { id: "444455556666", organization: null, omitAwsClaim: true },
    ],
    principals: [{ user: "ops/alice", principalTags: { team: "ops" } }, { role: "web", accessKeyId: "ASIAEXAMPLEWEB00001" }],
  });
  const [first, second] = ["111122223333", "444455556666"].map((account) => issuer.issuers[account]);
  assert.equal(issuer.url, first);
  const own = claimsOf(await issuer.token());
  assert.equal(own.sub, "arn:aws:iam::111122223333:user/ops/alice");
  assert.deepEqual(own[CLAIM].principal_tags, { team: "ops" });
  assert.deepEqual(own[CLAIM].ou_path, ["o-abc1234567/r-ab12/ou-ab12-22222222/"]);
  assert.equal(own[CLAIM].original_session_exp, undefined);
  const retagged = claimsOf(await issuer.token({ principalTags: { team: "other" } }));
  assert.deepEqual([retagged.sub, retagged[CLAIM].principal_tags], [own.sub, { team: "other" }]);
  assert.equal(claimsOf(await issuer.token({ accessKeyId: "ASIAEXAMPLEWEB00001" })).sub, "arn:aws:iam::111122223333:role/web");
  const other = claimsOf(await issuer.token({ account: "444455556666" }));
  assert.deepEqual([other.iss, other.sub, other[CLAIM]], [second, "arn:aws:iam::444455556666:user/ops/alice", undefined]);
  const govCloud = claimsOf(await issuer.token({ arn: "arn:aws-us-gov:iam::111122223333:role/x" }));
  assert.equal(govCloud.sub, "arn:aws-us-gov:iam::111122223333:role/x");
});

test("claims and header can be overridden, which AWS would never do", async () => {
  const issuer = createTestIssuer();
  const token = await issuer.token({
    claims: { jti: null, nbf: 5, [CLAIM]: { org_id: "o-other00000", source_region: null } },
    header: { typ: "at+jwt", crit: ["x"] },
  });
  const claims = claimsOf(token);
  assert.deepEqual([claims.jti, claims.nbf, claims[CLAIM].org_id], [undefined, 5, "o-other00000"]);
  assert.equal("source_region" in claims[CLAIM], false);
  assert.equal(claims[CLAIM].aws_account, "123456789012");
  assert.deepEqual(headerOf(token), { kid: "EC384_0", typ: "at+jwt", alg: "ES384", crit: ["x"] });
  const verifier = verifierFor(issuer);
  assert.equal(await verdict(verifier, issuer.token({ header: { typ: "at+jwt" } })), "header.type");
  assert.equal(await verdict(verifier, issuer.token({ claims: { exp: null } })), "claim.missing");
  assert.equal(await verdict(verifier, issuer.token({ claims: { [CLAIM]: null } })), "aws_claim.missing");
  assert.equal(await verdict(verifier, issuer.token({ claims: { extra: [1, { two: 3 }] } })), "accepted");
});

for (const [options, code, status, message] of [
  [{ durationSeconds: 59 }, "ValidationError", 400, /^1 validation error detected: Value '59' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60$/],
  [{ audience: [] }, "ValidationError", 400, /'audience'/],
  [{ audience: Array(11).fill("a") }, "ValidationError", 400, /less than or equal to 10/],
  [{ algorithm: "RS256" }, "ValidationError", 400, /^Requested SigningAlgorithm is not supported/],
  [{ requestTags: [["a", "1"], ["A", "2"]] }, "InvalidParameterValue", 400, /^Duplicate tag keys found/],
  [{ role: "x", mayGetToken: false }, "AccessDenied", 403, /sts:GetWebIdentityToken on resource: arn:aws:sts::123456789012:self/],
  [{ role: "x", mayTag: false, requestTags: { a: "1" } }, "AccessDenied", 403, /sts:TagGetWebIdentityToken/],
  [{ arn: "arn:aws:sts::123456789012:federated-user/carol" }, "AccessDenied", 403, /session policy/],
  [{ role: "x", sessionExpiresInSeconds: 600, durationSeconds: 900 }, "SessionDurationEscalationException", 403, /original session's expiry/],
  [{ role: "x", sessionExpiresAt: "2020-01-01T00:00:00Z" }, "ExpiredToken", 403, /expired/],
  [{ audience: Array(10).fill("a".repeat(1000)), requestTags: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, "v".repeat(200)])) }, "JWTPayloadSizeExceededException", 400, /size/],
  [{ accessKeyId: "ASIANOBODY0000000000" }, "InvalidClientTokenId", 403, /invalid/],
  [{ account: "222233334444" }, "AccessDenied", 403, /explicit deny/],
]) {
  test(`AWS refuses ${JSON.stringify(options).slice(0, 70)} with ${code}`, async () => {
    const issuer = createTestIssuer({
      accounts: [{ id: "123456789012" }, { id: "222233334444", policy: { allowedAudiences: ["https://other.example"] } }],
    });
    await assert.rejects(issuer.token(options), (error) => {
      assert.ok(error instanceof StsError);
      assert.deepEqual([error.name, error.code, error.status], ["StsError", code, status]);
      assert.match(error.message, message);
      return true;
    });
  });
}

test("many at once", async () => {
  const issuer = createTestIssuer();
  const verifier = verifierFor(issuer);
  const tokens = await Promise.all(Array.from({ length: 200 }, (_, at) => issuer.token({ requestTags: { at: String(at) } })));
  assert.equal(new Set(tokens.map((token) => claimsOf(token).jti)).size, 200);
  const identities = await Promise.all(tokens.map((token) => verifier.verify(token)));
  assert.deepEqual(identities.map(({ aws }) => aws.requestTags.at), Array.from({ length: 200 }, (_, at) => String(at)));
  assert.equal(issuer.requests.length, 1);
  assert.equal(AUDIENCE, identities[0].audience[0]);
});
