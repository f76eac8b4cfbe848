// Samples: minted in the page, each with the verdicts that it is there to show.
import assert from "node:assert/strict";
import { test } from "node:test";

import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });

// The words of signature, time and policy, and what else the page must show.
const SAMPLES = {
  "role": ["Holds", "Valid", "Accepted", { text: ["o-abc1234567", "Place of the account"] }],
  "role-rs256": ["Holds", "Valid", "Accepted", { text: ["RS256"] }],
  "lambda": ["Holds", "Valid", "Accepted", { context: "lambda", text: ["process-data"] }],
  "ec2": ["Holds", "Valid", "Accepted", { context: "ec2", text: ["vpc-", "IMDSv2"] }],
  "eks-pod": ["Holds", "Valid", "Accepted", { context: "eks", text: ["kubernetes"] }],
  "identity-center": ["Holds", "Valid", "Accepted", { context: "identity-center", text: ["permission set"] }],
  "glue": ["Holds", "Valid", "Accepted", { context: "glue", text: ["glue.amazonaws.com"] }],
  "sts-answer": ["Holds", "Valid", "Accepted", { peeled: true }],
  "expired": ["Holds", "Not valid", "Refused", { code: "time.expired" }],
  "forged": ["Does not hold", "Valid", "Refused", { code: "signature.invalid" }],
  "wrong-audience": ["Holds", "Valid", "Refused", { code: "audience.mismatch" }],
  "opted-out": ["Holds", "Valid", "Refused", { code: "aws_claim.missing" }],
  "milliseconds": ["Holds", "Not valid", "Refused", { text: ["milliseconds"] }],
  "duplicate-member": ["Cannot be checked", "Not known", "Refused", { code: "token.duplicate_member" }],
  "es256": ["Holds", "Valid", "Refused", { code: "algorithm.not_allowed" }],
  "cut-off": ["Cannot be checked", "Not known", "Refused", { code: "token.segments" }],
};

for (const [id, [signature, time, policy, { text = [], context, peeled, code }]] of Object.entries(SAMPLES)) {
  test(`sample ${id}`, () =>
    site.visit({}, async (view) => {
      await view.sample(id);
      await view.expectVerdict("signature", signature);
      await view.expectVerdict("time", time);
      await view.expectVerdict("policy", policy);
      const shown = (await view.page.locator("main").innerText()).toLowerCase();
      for (const part of text) assert.ok(shown.includes(part.toLowerCase()), `${part} is not shown`);
      if (context) await view.part(`context-${context}`).waitFor();
      if (peeled) assert.match(await view.part("peeled").innerText(), /JSON/);
      if (code) assert.ok((await view.part("verdict-policy").innerText()).includes(code), code);
      assert.deepEqual(view.foreign(), []);
    }));
}

test("every sample of the menu is tried here, and each is made anew", () =>
  site.visit({}, async (view) => {
    await view.part("samples").click();
    const ids = await view.page.locator("[data-testid^=sample-]").evaluateAll((all) => all.map((one) => one.dataset.testid.slice(7)));
    assert.deepEqual(ids.sort(), Object.keys(SAMPLES).sort());
    await view.page.keyboard.press("Escape");
    await view.sample("role");
    const first = await view.part("token").inputValue();
    await view.sample("role");
    await view.eventually("another token", async () => String((await view.part("token").inputValue()) !== first), "true");
    const parts = [first, await view.part("token").inputValue()].map((token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url")));
    assert.notEqual(parts[0].iss, parts[1].iss);
    assert.notEqual(parts[0].jti, parts[1].jti);
  }));
