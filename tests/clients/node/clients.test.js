// The AWS SDK for JavaScript against the local issuer with its built-in configuration.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  DisableOutboundWebIdentityFederationCommand as Disable,
  EnableOutboundWebIdentityFederationCommand as Enable,
  FeatureDisabledException,
  FeatureEnabledException,
  GetOutboundWebIdentityFederationInfoCommand as Info,
  IAMServiceException,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import {
  GetCallerIdentityCommand,
  JWTPayloadSizeExceededException,
  OutboundWebIdentityFederationDisabledException,
  STSServiceException,
  SessionDurationEscalationException,
} from "@aws-sdk/client-sts";
import { decodeProtectedHeader, errors } from "jose";

import {
  AUDIENCE,
  CLAIM,
  REGION,
  admin,
  globalSts,
  iam,
  mint,
  refused,
  sts,
  verifiedClaims,
} from "./clients.js";

const BATCH = "ASIAEXAMPLEBATCH0001";
const ALICE = "AKIAEXAMPLEALICE0001";
const SHORT_SESSION = "ASIAEXAMPLESHORT0001";
const STRICT = "ASIAEXAMPLESTRICT001";
const STRANGER = "ASIAEXAMPLESTRANGER1";
// An account without the feature, which no test switches on.
const DISABLED_USER = "AKIAEXAMPLEADMIN0001";
const DISABLED_SESSION = "ASIAEXAMPLEADMIN0002";
// The account that a test switches on, and off again at its end.
const SWITCHED = "AKIAEXAMPLEADMIN0003";

const DISABLED = {
  type: OutboundWebIdentityFederationDisabledException,
  status: 403,
  code: "OutboundWebIdentityFederationDisabledException",
  message: "OutboundWebIdentityFederation is disabled.",
};
const ESCALATION = {
  type: SessionDurationEscalationException,
  status: 403,
  code: "SessionDurationEscalationException",
  message: "Requested token expiry time must be before the original session's expiry time.",
};

test("enable, info, disable, and each of them twice", async () => {
  const client = iam(SWITCHED);
  const off = { type: FeatureDisabledException, status: 404, code: "FeatureDisabledException" };
  const on = { type: FeatureEnabledException, status: 409, code: "FeatureEnabledException" };
  await refused(client.send(new Info()), off);
  await refused(client.send(new Disable()), off);

  const { IssuerIdentifier: issuer } = await client.send(new Enable());
  let token;
  try {
    await refused(client.send(new Enable()), on);
    const info = await client.send(new Info());
    assert.equal(info.IssuerIdentifier, issuer);
    assert.equal(info.JwtVendingEnabled, true);
    token = (await mint(sts(SWITCHED))).WebIdentityToken;
    assert.equal((await verifiedClaims(token)).iss, issuer);
  } finally {
    await client.send(new Disable());
  }
  await refused(mint(sts(SWITCHED)), DISABLED);
  assert.ok(await verifiedClaims(token), "keys stay published while the feature is off");
});

for (const [algorithm, kid] of [
  ["ES384", "EC384_"],
  ["RS256", "RSA_"],
]) {
  test(`tokens signed with ${algorithm}`, async () => {
    const answer = await mint(sts(BATCH), { SigningAlgorithm: algorithm });
    const header = decodeProtectedHeader(answer.WebIdentityToken);
    assert.deepEqual(Object.keys(header), ["kid", "typ", "alg"]);
    assert.equal(header.alg, algorithm);
    assert.ok(header.kid.startsWith(kid));

    const claims = await verifiedClaims(answer.WebIdentityToken);
    assert.equal(claims.aud, AUDIENCE);
    assert.equal(claims.sub, "arn:aws:iam::111122223333:role/billing/Batch");
    assert.equal(claims.exp - claims.iat, 300);
    assert.equal(answer.Expiration.getTime(), claims.exp * 1000);
    assert.equal(claims[CLAIM].org_id, "o-abc1234567");
    assert.equal(claims[CLAIM].source_region, REGION);
  });
}

test("ten audiences keep order and duplicates", async () => {
  const audiences = Array.from({ length: 10 }, (_, index) => `https://${index % 7}.example.com`);
  const { WebIdentityToken } = await mint(sts(BATCH), { Audience: audiences });
  assert.deepEqual((await verifiedClaims(WebIdentityToken, audiences[3])).aud, audiences);
});

test("tags of every script", async () => {
  const tags = { "job-id": "2024 001", größe: "漢字 ९", empty: "" };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { WebIdentityToken } = await mint(sts(ALICE), { Tags });
  assert.deepEqual((await verifiedClaims(WebIdentityToken))[CLAIM].request_tags, tags);
});

test("caller identity", async () => {
  const identity = await sts(BATCH).send(new GetCallerIdentityCommand());
  assert.equal(identity.Arn, "arn:aws:sts::111122223333:assumed-role/Batch/nightly");
});

test("rotation with overlap, then withdrawal", async () => {
  const before = (await mint(sts(STRANGER))).WebIdentityToken;
  await admin("accounts/999988887777/rotate");
  const after = (await mint(sts(STRANGER))).WebIdentityToken;
  const { kid } = decodeProtectedHeader(before);
  assert.notEqual(decodeProtectedHeader(after).kid, kid);
  await verifiedClaims(before);
  await verifiedClaims(after);
  await admin(`accounts/999988887777/withdraw?kid=${kid}`);
  await verifiedClaims(after);
  await assert.rejects(verifiedClaims(before), errors.JWKSNoMatchingKey);
});

const MUST = "failed to satisfy constraint: Member must";
const PATTERN = String.raw`satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]`;
const tag = (Key, Value = "v") => ({ Tags: [{ Key, Value }] });
const one = (violation) => `1 validation error detected: ${violation}`;

for (const [name, input, message] of [
  ["no audience", { Audience: undefined }, one(`Value null at 'audience' ${MUST} not be null`)],
  [
    "eleven audiences",
    { Audience: Array(11).fill("a") },
    one(
      `Value '[${Array(11).fill("a").join(", ")}]' at 'audience' ${MUST} have length less than or equal to 10`,
    ),
  ],
  [
    "an empty audience",
    { Audience: [""] },
    one(
      `Value '[]' at 'audience' ${MUST} satisfy constraint: [Member must have length less than or ` +
        "equal to 1000, Member must have length greater than or equal to 1]",
    ),
  ],
  [
    "a short lifetime",
    { DurationSeconds: 59 },
    one(`Value '59' at 'durationSeconds' ${MUST} have value greater than or equal to 60`),
  ],
  [
    "a long lifetime",
    { DurationSeconds: 3601 },
    one(`Value '3601' at 'durationSeconds' ${MUST} have value less than or equal to 3600`),
  ],
  [
    "no algorithm",
    { SigningAlgorithm: undefined },
    one(`Value null at 'signingAlgorithm' ${MUST} not be null`),
  ],
  [
    "an algorithm in small letters",
    { SigningAlgorithm: "rs256" },
    "Requested SigningAlgorithm is not supported. See the GetWebIdentityToken documentation for supported algorithms",
  ],
  [
    "a character in a tag key",
    tag("k*"),
    one(`Value 'k*' at 'tags.1.member.key' ${MUST} ${PATTERN}+`),
  ],
  [
    "a character in a tag value",
    tag("k", "<&>"),
    one(`Value '<&>' at 'tags.1.member.value' ${MUST} ${PATTERN}*`),
  ],
  [
    "several at once",
    { Audience: undefined, DurationSeconds: 59, SigningAlgorithm: "RS2566" },
    `3 validation errors detected: Value null at 'audience' ${MUST} not be null; ` +
      `Value '59' at 'durationSeconds' ${MUST} have value greater than or equal to 60; ` +
      `Value 'RS2566' at 'signingAlgorithm' ${MUST} have length less than or equal to 5`,
  ],
]) {
  test(`validation: ${name}`, () =>
    refused(mint(sts(BATCH), input), {
      type: STSServiceException,
      status: 400,
      code: "ValidationError",
      message,
    }));
}

test("duplicate tag keys", () =>
  refused(mint(sts(BATCH), { Tags: [...tag("Job").Tags, ...tag("job").Tags] }), {
    status: 400,
    code: "InvalidParameterValue",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  }));

test("a payload over the limit", () => {
  const Tags = Array.from({ length: 50 }, (_, index) => ({
    Key: `k${index}`,
    Value: "v".repeat(256),
  }));
  return refused(mint(sts(BATCH), { Audience: Array(10).fill("a".repeat(1000)), Tags }), {
    type: JWTPayloadSizeExceededException,
    status: 400,
    code: "JWTPayloadSizeExceededException",
  });
});

test("a token may not outlive its session", async () => {
  await refused(mint(sts(SHORT_SESSION), { DurationSeconds: 601 }), ESCALATION);
  assert.ok((await mint(sts(SHORT_SESSION), { DurationSeconds: 600 })).WebIdentityToken);
});

test("the feature is off, which is found out last", async () => {
  await refused(mint(sts(DISABLED_USER)), DISABLED);
  await refused(mint(sts(DISABLED_SESSION), { DurationSeconds: 601 }), ESCALATION);
  await refused(mint(sts(DISABLED_SESSION), { DurationSeconds: 600 }), DISABLED);
});

test("the global endpoint", async () => {
  const client = globalSts(BATCH);
  assert.equal((await client.send(new GetCallerIdentityCommand())).Account, "111122223333");
  await refused(mint(client), {
    status: 400,
    code: "InvalidAction",
    message: "Operation not supported on STS global endpoint",
  });
});

const denied = (caller, account, action, reason) => ({
  type: STSServiceException,
  status: 403,
  code: "AccessDenied",
  message:
    `User: arn:aws:${caller} is not authorized to perform: sts:${action} on resource: ` +
    `arn:aws:sts::${account}:self ${reason}`,
});

for (const [name, input, action] of [
  ["a missing tag", {}, "GetWebIdentityToken"],
  [
    "the audience",
    { ...tag("job-id"), Audience: ["https://elsewhere.test"] },
    "GetWebIdentityToken",
  ],
  ["the lifetime", { ...tag("job-id"), DurationSeconds: 901 }, "GetWebIdentityToken"],
  ["the algorithm", { ...tag("job-id"), SigningAlgorithm: "RS256" }, "GetWebIdentityToken"],
  ["a tag key", { Tags: [...tag("job-id").Tags, ...tag("other").Tags] }, "TagGetWebIdentityToken"],
]) {
  test(`an organization policy denies ${name}`, () =>
    refused(
      mint(sts(STRICT), input),
      denied(
        "sts::222233334444:assumed-role/Strict/session",
        "222233334444",
        action,
        "with an explicit deny in a service control policy",
      ),
    ));
}

for (const [key, input, caller, action, kind] of [
  [
    "AKIAEXAMPLEDENIED001",
    {},
    "iam::111122223333:user/denied",
    "GetWebIdentityToken",
    "identity-based",
  ],
  [
    "AKIAEXAMPLENOTAGS001",
    tag("k"),
    "iam::111122223333:user/no-tags",
    "TagGetWebIdentityToken",
    "identity-based",
  ],
  [
    "ASIAEXAMPLEFEDERATED",
    {},
    "sts::111122223333:federated-user/carol",
    "GetWebIdentityToken",
    "session",
  ],
]) {
  test(`${caller} lacks ${action}`, () =>
    refused(
      mint(sts(key), input),
      denied(
        caller,
        "111122223333",
        action,
        `because no ${kind} policy allows the sts:${action} action`,
      ),
    ));
}

test("credentials that do not hold", async () => {
  await refused(mint(sts("AKIAEXAMPLEUNKNOWN01")), {
    status: 403,
    code: "InvalidClientTokenId",
    message: "The security token included in the request is invalid.",
  });
  await refused(mint(sts("ASIAEXAMPLEEXPIRED01")), {
    status: 403,
    code: "ExpiredToken",
    message: "The security token included in the request is expired",
  });
});

test("an operation that is not played", () =>
  refused(iam(ALICE).send(new ListUsersCommand()), {
    type: IAMServiceException,
    status: 400,
    code: "InvalidAction",
    message: "Could not find operation ListUsers for version 2010-05-08",
  }));
