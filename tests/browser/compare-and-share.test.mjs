// Two tokens side by side; and one without its signature.
import assert from "node:assert/strict";
import { test } from "node:test";

import { claims, makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });
const issuer = makeIssuer();

test("what changed between two tokens is listed, and nothing else", () =>
  site.visit({}, async (view) => {
    const first = claims(issuer.url);
    const second = claims(issuer.url, { exp: first.exp + 600, iat: first.iat, jti: first.jti }, { principal_tags: { environment: "staging" }, request_tags: { job: "7", step: "2" } });
    await view.paste(issuer.token("ES384", first));
    await view.part("compare").click();
    await view.part("other").fill(`Bearer ${issuer.token("ES384", second)}`);
    await view.eventually("the summary", () => view.part("compare-summary").innerText(), /Changed: 2\. Only in the first: 0\. Only in the second: 1\. The same: 1\d\./);
    const rows = await view.page.locator("[data-testid=comparison] tbody tr").allInnerTexts();
    assert.equal(rows.length, 3);
    assert.match(rows.join("\n"), /exp[\s\S]*10 min later/);
    assert.match(rows.join("\n"), /environment[\s\S]*production[\s\S]*staging/);
    await view.page.getByRole("checkbox", { name: /the same too/ }).check();
    assert.ok((await view.page.locator("[data-testid=comparison] tbody tr").count()) > 10);
    await view.part("compare-swap").click();
    await view.eventually("the summary", () => view.part("compare-summary").innerText(), /Only in the first: 1/);
    await view.part("compare-close").click();
    assert.equal(await view.part("comparison").count(), 0);
  }));

test("clearing takes both tokens out of the page", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384"));
    await view.part("compare").click();
    await view.part("other").fill(issuer.token("RS256"));
    await view.part("token").fill("");
    await view.part("clear").click();
    await view.part("comparison").waitFor({ state: "detached" });
    const texts = await view.page.evaluate(() => [document.body.innerHTML, ...[...document.querySelectorAll("textarea, input")].map((field) => field.value)].join("\n"));
    assert.doesNotMatch(texts, /eyJ|111122223333/);
    assert.ok(await view.part("clear").isDisabled());
  }));

test("a link without the signature shows all but the signature", () =>
  site.visit({ clipboard: true }, async (view) => {
    const token = issuer.token("ES384");
    const signature = token.split(".")[2];
    await view.paste(token);
    await view.part("share").click();
    await view.part("redacted").waitFor();
    assert.match(await view.part("claims-card").innerText(), /Nothing was verified/);
    assert.ok(!(await view.page.content()).includes(signature.slice(0, 12)), "the signature is on the page");
    await view.part("copy-link").click();
    const copied = () => view.page.evaluate(() => navigator.clipboard.readText());
    await view.eventually("the link", copied, `${site.page.url}/#token=${token.slice(0, -signature.length)}`);
    const link = await copied();
    await view.part("share-back").click();
    await view.expectVerdict("signature", "Not checked");
    const other = await view.context.newPage();
    await other.goto(link);
    const verdict = other.getByTestId("verdict-signature");
    await verdict.waitFor();
    assert.match(await verdict.innerText(), /Not checked[\s\S]*taken off/);
    assert.match(await other.getByTestId("claims-card").innerText(), /billing\/Batch/);
  }));

test("what has no signature to take off cannot be shared as if it had", () =>
  site.visit({}, async (view) => {
    await view.paste("eyJhbGciOiJub25lIn0.e30");
    await view.part("share").click();
    assert.match(await view.part("redacted").innerText(), /cannot be shared safely/);
    assert.equal(await view.part("copy-link").count(), 0);
  }));
