// The policy bench: started from a token, judged while it is written, at any time, and taken elsewhere.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";

import { claims, makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });
const issuer = makeIssuer();

/** Puts a token and its keys into the page. */
async function give(view, token) {
  await view.paste(token);
  await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
  await view.expectVerdict("signature", "Holds");
}

const policyOf = async (view) => JSON.parse(await view.part("policy-text").inputValue());

test("one click trusts this role, this account, this organization, and no other", () =>
  site.visit({}, async (view) => {
    const role = issuer.token("ES384");
    const others = {
      "another role": claims(issuer.url, { sub: "arn:aws:iam::111122223333:role/billing/Other" }, { principal_id: "arn:aws:iam::111122223333:role/billing/Other" }),
      "another account": claims(issuer.url, { sub: "arn:aws:iam::222233334444:role/billing/Batch" }, { principal_id: "arn:aws:iam::222233334444:role/billing/Batch", aws_account: "222233334444" }),
      "another organization": claims(issuer.url, {}, { org_id: "o-zzz9999999", ou_path: ["o-zzz9999999/r-ab12/ou-ab12-11111111/"] }),
      "another OU": claims(issuer.url, {}, { ou_path: ["o-abc1234567/r-ab12/ou-ab12-99999999/"] }),
    };
    const refused = { role: ["another role", "another account"], account: ["another account"], organization: ["another organization", "another OU"] };
    for (const [start, strangers] of Object.entries(refused)) {
      await give(view, role);
      await view.part(`start-${start}`).click();
      await view.expectVerdict("policy", "Accepted");
      for (const stranger of strangers) {
        await view.paste(issuer.token("ES384", others[stranger]));
        await view.expectVerdict("policy", "Refused");
      }
    }
    const policy = await policyOf(view);
    assert.equal(policy.trust[0].organization, "o-abc1234567");
    assert.deepEqual([policy.trust[0].organizationalUnits].flat(), ["o-abc1234567/r-ab12/ou-ab12-11111111/**"]);
  }));

test("what a token cannot be trusted by is said, and not offered", () =>
  site.visit({}, async (view) => {
    const { ["https://sts.amazonaws.com/"]: _, ...bare } = claims(issuer.url);
    await view.paste(issuer.token("ES384", bare));
    assert.equal(await view.part("start-organization").isDisabled(), true);
    assert.ok((await view.part("why-not-organization").innerText()).length > 20);
    assert.equal(await view.part("start-role").isEnabled(), true);
  }));

test("a policy that was written is not lost by starting another", () =>
  site.visit({}, async (view) => {
    const own = '{ "audience": "mine", "trust": [] }';
    await view.paste(issuer.token("ES384"));
    await view.part("policy-text").fill(own);
    await view.part("start-role").click();
    assert.notEqual(await view.part("policy-text").inputValue(), own);
    await view.part("policy-undo").click();
    assert.equal(await view.part("policy-text").inputValue(), own);
  }));

test("faults are named while typing, each with code, place and remedy", () =>
  site.visit({}, async (view) => {
    await view.sample("role");
    await view.part("policy-text").fill('{ "audience": "x", "audiences": [], "trust": [{ "issuer": "http://x" }, { "requestTags": { "a": "b" }, "organization": "o-abc1234567" }] }');
    await view.expectVerdict("policy", "Policy has faults");
    const faults = await view.part("policy-fault").allInnerTexts();
    assert.ok(faults.length >= 3, faults.join("\n"));
    const all = faults.join("\n");
    for (const code of ["policy.unknown_member", "policy.issuer", "policy.caller_chosen"]) {
      assert.ok(all.includes(code), `${code} in ${all}`);
    }
    assert.match(all, /trust\[0\]\.issuer/);
    await view.part("policy-text").fill("{");
    await view.eventually("the fault", () => view.part("policy-fault").first().innerText(), /policy\.json/);
    await view.part("policy-text").fill("");
    await view.expectVerdict("policy", "No policy");
  }));

test("every check is listed with what it expects, what it finds and what to do", () =>
  site.visit({}, async (view) => {
    await view.sample("wrong-audience");
    await view.expectVerdict("policy", "Refused");
    const counts = await view.part("checks-counts").innerText();
    assert.match(counts, /1 failed/);
    assert.equal(await view.page.locator("[data-testid^=check-]:not([data-testid=checks])").count(), 21);
    const failed = await view.part("check-audience").innerText();
    for (const text of ["audience.mismatch", "Expected", "Found"]) assert.ok(failed.includes(text), `${text} in ${failed}`);
    await view.part("checks-failed").click();
    assert.equal(await view.page.locator("[data-testid=checks] > li").count(), 1);
  }));

test("the clock can be set, and says that it is", () =>
  site.visit({}, async (view) => {
    await view.sample("role");
    await view.part("clock-after").click();
    // The policy lets clocks differ by 30 s.
    await view.expectVerdict("policy", "Accepted");
    assert.match(await view.part("verdict-time").innerText(), /expired 1 s ago[\s\S]*30 seconds are tolerated/);
    const at = await view.part("clock-reading").getAttribute("datetime");
    const late = new Date(Date.parse(at) + 60_000).toISOString().replace(".000", "");
    await view.part("clock-written").fill(late);
    await view.part("clock-written").press("Enter");
    await view.expectVerdict("time", "Not valid");
    await view.expectVerdict("policy", "Refused");
    assert.equal(await view.part("clock-reading").getAttribute("datetime"), late);
    await view.part("verdict-clock").first().waitFor();
    await view.part("clock-written").fill("yesterday");
    await view.part("clock-written").press("Enter");
    assert.ok((await view.part("clock-fault").innerText()).length > 5);
    await view.part("clock-issued").click();
    await view.expectVerdict("policy", "Accepted");
    await view.part("clock-now").click();
    await view.expectVerdict("time", "Valid");
    assert.equal(await view.part("verdict-clock").count(), 0);
  }));

test("completion offers what can stand at the caret, from the schema and from the token", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384"));
    const text = view.part("policy-text");
    await text.fill("");
    await text.pressSequentially('{ "aud');
    const list = view.part("policy-suggestions");
    await list.waitFor();
    assert.match(await list.innerText(), /audience/);
    await text.press("Enter");
    await view.eventually("the text", () => text.inputValue(), /^\{ "audience": /);
    await text.fill('{ "audience": "https://api.example.com", "trust": [{ "issuer": "" }] }');
    await text.evaluate((area) => area.setSelectionRange(area.value.indexOf('""') + 1, area.value.indexOf('""') + 1));
    await text.press("Control+Space");
    await view.eventually("an offer from the token", () => list.innerText(), new RegExp(issuer.url.slice(8, 44)));
    await text.press("Escape");
    await view.eventually("the list", async () => String(await list.isVisible()), "false");
    assert.equal(await text.evaluate((area) => area === document.activeElement), true);
  }));

const EXPORTS = {
  "JSON": ["policy.json", /"audience"/],
  "TypeScript": ["authenticate.ts", /createVerifier/],
  "Rust": ["authenticate.rs", /PolicyDocument/],
  "Command line": ["verify.sh", /countersign verify/],
  "Microsoft Entra ID": ["entra-id.sh", /api:\/\/AzureADTokenExchange/],
  "Google Cloud": ["google-cloud.sh", /gcloud iam workload-identity-pools/],
  "Snowflake": ["snowflake.sql", /WORKLOAD_IDENTITY/],
  "Databricks": ["databricks.sh", /federation-policy/],
  "Tailscale": ["tailscale.tf", /tailscale/],
  "Chainguard": ["chainguard.tf", /chainguard/],
  "IAM policy (caller's side)": ["iam-policy.json", /sts:GetWebIdentityToken/],
};

test("a policy is taken elsewhere: copied and downloaded, for every consumer", () =>
  site.visit({ clipboard: true }, async (view) => {
    await give(view, issuer.token("RS256"));
    await view.part("start-role").click();
    await view.expectVerdict("policy", "Accepted");
    const offered = await view.page.locator("[data-testid=export-kind] option").allInnerTexts();
    assert.deepEqual(offered.sort(), Object.keys(EXPORTS).sort());
    for (const [label, [file, expected]] of Object.entries(EXPORTS)) {
      await view.part("export-kind").selectOption({ label });
      const text = view.part("export-text");
      await view.eventually(label, () => text.textContent(), expected);
      const written = await text.textContent();
      const [download] = await Promise.all([view.page.waitForEvent("download"), view.part("export-download").click()]);
      assert.equal(download.suggestedFilename(), file);
      assert.equal(readFileSync(await download.path(), "utf8"), written);
      await view.part("export-copy").click();
      await view.eventually("the clipboard", () => view.page.evaluate(() => navigator.clipboard.readText()), written);
      // Chromium drops what a page saves more than ten times in a second, and no person does.
      await setTimeout(150);
    }
  }));

test("what a consumer cannot take is warned of", () =>
  site.visit({}, async (view) => {
    await give(view, issuer.token("ES384"));
    await view.part("start-organization").click();
    for (const label of ["Microsoft Entra ID", "Google Cloud"]) {
      await view.part("export-kind").selectOption({ label });
      await view.eventually(label, async () => (await view.part("export-warning").allInnerTexts()).join("\n"), /RS256/);
    }
    await view.part("export-kind").selectOption({ label: "Snowflake" });
    await view.eventually("Snowflake", async () => (await view.part("export-warning").allInnerTexts()).join("\n"), /organization/i);
    await view.part("policy-text").fill("{");
    await view.part("export-reason").waitFor();
    assert.equal(await view.part("export-text").count(), 0);
  }));

test("what the page copies as JSON means the same to the command line", () =>
  site.visit({}, async (view) => {
    const token = issuer.token("ES384");
    await give(view, token);
    await view.part("start-organization").click();
    await view.expectVerdict("policy", "Accepted");
    await view.part("export-kind").selectOption({ label: "JSON" });
    const folder = mkdtempSync(join(tmpdir(), "countersign-page-"));
    const file = (name, text) => (writeFileSync(join(folder, name), text), join(folder, name));
    const verify = (text) =>
      spawnSync(process.env.COUNTERSIGN_CLI, [
        "verify", "--policy", file("policy.json", policy), "--jwks", file("jwks.json", JSON.stringify(issuer.keySet())), "--issuer", issuer.url, "-",
      ], { input: text, encoding: "utf8" });
    const policy = await view.part("export-text").textContent();
    try {
      const accepted = verify(token);
      assert.equal(accepted.status, 0, accepted.stderr);
      const stranger = issuer.token("ES384", claims(issuer.url, {}, { org_id: "o-zzz9999999" }));
      assert.equal(verify(stranger).status, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }));
