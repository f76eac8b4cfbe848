// What cannot be is refused at once, by name.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { OptionsError } from "countersign/errors";
import * as testing from "countersign/testing";

import { CLAIM, claimsOf } from "./sample.mjs";

const { createTestIssuer, IssuerConfigError, useTestIssuer } = testing;

for (const [options, code, message] of [
  [{ account: "123456789012" }, "options.unknown", /`createTestIssuer` has no option `account`; there are accounts, organization/],
  [[], "options.type", /`createTestIssuer` takes a plain object/],
  [{ seed: 5 }, "options.type", /`seed` must be a text/],
  [{ issuerForm: 5 }, "options.type", /`issuerForm` must be a text/],
  [{ rsa: "yes" }, "options.type", /`rsa` must be true or false/],
  [{ now: Date.now() }, "options.now", /`now` must be seconds since the epoch/],
  [{ now: "today" }, "options.type", /`now` must be seconds/],
  [{ accounts: {} }, "options.type", /`accounts` must be an array/],
  [{ accounts: [{ id: "123456789012", ou: "x" }] }, "options.unknown", /`accounts\[0\]` has no option `ou`; there are id, organization, ouPath/],
  [{ accounts: [{ id: "123456789012", policy: { audiences: [] } }] }, "options.unknown", /`accounts\[0\]\.policy` has no option `audiences`/],
  [{ principals: [{}] }, "options.type", /`principals\[0\]` needs one of `role`, `user` and `arn`/],
  [{ principals: [{ role: "a", user: "b" }] }, "options.type", /give one/],
  [{ cacheMaxAgeSeconds: 1.5 }, "options.type", /`cacheMaxAgeSeconds` must be a whole number/],
  [{ config: "", rsa: true }, "options.type", /`config` is the whole configuration: leave `rsa` out/],
  [{ config: "" }, "options.type", /no account/],
]) {
  test(`createTestIssuer(${JSON.stringify(options)})`, () => {
    assert.throws(() => createTestIssuer(options), (error) => {
      assert.ok(error instanceof OptionsError);
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  });
}

for (const [options, ...faults] of [
  [{ accounts: [{ id: "12" }], principals: [] }, ["config.invalid_account_id", "accounts[0].id"]],
  [{ organization: "acme" }, ["config.invalid_organization_id", "organizations[0].id"]],
  [{ accounts: [{ id: "123456789012", ouPath: "o-abc1234567/" }] }, ["config.invalid_ou_path", "accounts[0].ou_path"]],
  [{ principals: [{ arn: "arn:aws:iam::111111111111:role/x" }] }, ["config.unknown_account", "principals[0].arn"]],
  [{ issuerForm: "remote" }, ["config.syntax", "line 1, column 26"]],
  [{ config: "[issuer]\nform = 5" }, ["config.syntax", "line 2, column 8"]],
  [{ state: "{}" }, ["state.corrupt", "state"]],
]) {
  test(`createTestIssuer(${JSON.stringify(options)}) names the faults of what it makes`, () => {
    assert.throws(() => createTestIssuer(options), (error) => {
      assert.ok(error instanceof IssuerConfigError);
      assert.deepEqual(error.faults.map(({ code, path }) => [code, path]), faults.slice(0, error.faults.length));
      assert.ok(error.faults.every(({ fault, remedy }) => fault !== "" && remedy !== "" && error.message.includes(fault)));
      return true;
    });
  });
}

for (const [options, message] of [
  [{ duration: 60 }, /`token` has no option `duration`; there are role, user, arn, account/],
  [{ audience: 5 }, /`audience` must be a text or an array of texts/],
  [{ durationSeconds: 60.5 }, /`durationSeconds` must be a whole number/],
  [{ requestTags: { a: 1 } }, /`requestTags` must be/],
  [{ principalTags: { a: 1 } }, /`principalTags` must be an object of texts/],
  [{ claims: new Map() }, /`claims` takes a plain object/],
  [{ algorithm: 384 }, /`algorithm` must be a text/],
  [{ accessKeyId: "ASIATESTISSUER000001", role: "x" }, /leave out what would describe another/],
  [{ arn: "arn:aws:iam::123456789012:role/x", account: "123456789012" }, /`arn` names the account already/],
  [{ role: "x y" }, /principal\.arn: .*is not the ARN/],
  [{ account: "111111111111" }, /There is no account '111111111111'/],
  [{ context: { lambda: "x" } }, /unknown field `lambda`/],
]) {
  test(`token(${JSON.stringify(options)})`, async () => {
    await assert.rejects(createTestIssuer().token(options), message);
  });
}

for (const [options, message] of [
  [{ ports: 1 }, /`listen` has no option `ports`/],
  // Without a host Node listens on every address of the machine.
  [{ host: "" }, /`host` must be an address of this machine/],
  [{ host: null }, /`host` must be an address of this machine/],
  [{ port: "8460" }, /`port` must be a whole number from 0 to 65535/],
  [{ port: -1 }, /`port` must be a whole number/],
  [{ port: 65_536 }, /`port` must be a whole number/],
]) {
  test(`listen(${JSON.stringify(options)})`, async (t) => {
    const issuer = createTestIssuer();
    t.after(() => issuer.close());
    await assert.rejects(issuer.listen(options), message);
  });
}

test("what else can be called wrongly", () => {
  const issuer = createTestIssuer();
  assert.throws(() => issuer.outage("flood"), /`outage` takes/);
  assert.throws(() => issuer.outage({ status: 42 }), /`outage` takes/);
  assert.throws(() => issuer.advance("5"), /`advance` takes a number/);
  assert.throws(() => issuer.setTime(Date.now()), /must be seconds since the epoch/);
  assert.throws(() => issuer.rotate({ overlap: 5 }), /`rotate` has no option `overlap`/);
  assert.throws(() => issuer.rotate({ overlapSeconds: -5 }), /`overlapSeconds`/);
  assert.throws(() => useTestIssuer({ afterEach() {} }), /takes the hooks/);
});

test("with a whole configuration the first account is the one", async () => {
  const config = `[issuer]\nform = "aws"\nalgorithms = ["ES384"]\n[[accounts]]\nid = "222233334444"\nfederation = "enabled"\n`;
  const issuer = createTestIssuer({ config });
  assert.deepEqual(Object.keys(issuer.issuers), ["222233334444"]);
  assert.equal(claimsOf(await issuer.token()).sub, "arn:aws:iam::222233334444:role/service/test");
});

test("with a whole configuration the account's first principal is the one, by `token` as by AWS's API", async () => {
  const config = `[issuer]\nform = "aws"\nalgorithms = ["ES384"]\n[[accounts]]\nid = "222233334444"\nfederation = "enabled"
    [[principals]]\naccess_key_id = "ASIAEXAMPLEWEB000001"\narn = "arn:aws:iam::222233334444:role/web"\nprincipal_tags = { team = "web" }
    [[principals]]\naccess_key_id = "ASIAEXAMPLEBATCH0001"\narn = "arn:aws:iam::222233334444:role/billing/Batch"\nprincipal_tags = { team = "billing" }\n`;
  const issuer = createTestIssuer({ config });
  const own = claimsOf(await issuer.token());
  assert.deepEqual([own.sub, own[CLAIM].principal_tags], ["arn:aws:iam::222233334444:role/billing/Batch", { team: "billing" }]);
  const tagged = claimsOf(await issuer.token({ principalTags: { team: "other" } }));
  assert.deepEqual([tagged.sub, tagged[CLAIM].principal_tags], [own.sub, { team: "other" }]);
  assert.equal(claimsOf(await issuer.badToken("expired")).sub, own.sub);
  const server = await issuer.listen();
  assert.equal(server.credentials.accessKeyId, "ASIAEXAMPLEBATCH0001");
  await issuer.close();
});

test("CommonJS has the same", () => {
  assert.deepEqual(Object.keys(createRequire(import.meta.url)("countersign/testing")).sort(), Object.keys(testing).sort());
});
