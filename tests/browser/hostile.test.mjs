// Tokens whose author means harm: shown as text, and the page stays quick.
import assert from "node:assert/strict";
import { test } from "node:test";

import { claims, encode, makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });
const issuer = makeIssuer();
// What a person calls frozen: no frame for this long.
const FROZEN_MS = 1_500;

/** The longest time in which the page drew nothing while `act` ran and for a moment after. */
async function longestPause(view, act) {
  await view.page.evaluate(() => {
    window.pause = 0;
    let last = performance.now();
    const frame = (time) => {
      window.pause = Math.max(window.pause, time - last);
      last = time;
      window.frames = requestAnimationFrame(frame);
    };
    window.frames = requestAnimationFrame(frame);
  });
  await act();
  await view.page.waitForTimeout(1_500);
  return view.page.evaluate(() => (cancelAnimationFrame(window.frames), window.pause));
}

test("HTML in claims is text", () =>
  site.visit({}, async (view) => {
    const html = `<img src=x onerror="window.ran=1"><script>window.ran=1</script><a href="javascript:window.ran=1">x</a>`;
    const payload = claims(issuer.url, { aud: html, [html]: html, jti: html }, { principal_tags: { [html]: html }, org_id: html, ou_path: [html] });
    await view.paste(issuer.token("ES384", payload, { kid: html }));
    await view.expectVerdict("time", "Valid");
    assert.ok((await view.part("claims-card").innerText()).includes("onerror"));
    assert.equal(await view.page.evaluate(() => window.ran), undefined);
    assert.equal(await view.page.locator("main img, main script").count(), 0);
    assert.deepEqual(view.foreign(), []);
  }));

test("characters that reverse or hide text are made visible", () =>
  site.visit({}, async (view) => {
    const deceiving = "admin\u202Enimda\u2066x\u200B\u0007\u0000y";
    await view.paste(issuer.token("ES384", claims(issuer.url, { aud: deceiving, sub: `arn:aws:iam::111122223333:role/${deceiving}` })));
    await view.expectVerdict("time", "Valid");
    const shown = await view.page.evaluate(() => {
      const copy = document.querySelector("main").cloneNode(true);
      for (const hidden of copy.querySelectorAll("[aria-hidden=true], textarea")) hidden.remove();
      return copy.textContent;
    });
    assert.doesNotMatch(shown, /[\u202A-\u202E\u2066-\u2069\u200B\u0007\u0000]/, "outside the field where it was pasted");
    assert.match(shown, /202E/i);
  }));

test("10,000 members do not freeze the page", () =>
  site.visit({}, async (view) => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`m${at}`, at]));
    const text = issuer.token("ES384", { ...claims(issuer.url), ...many });
    const pause = await longestPause(view, () => view.paste(text));
    assert.ok(pause < FROZEN_MS, `no frame for ${pause.toFixed(0)} ms`);
    assert.ok((await view.page.locator("[data-testid=members] *").count()) < 8_000, "all are drawn at once");
    const all = await longestPause(view, () => view.part("show-all-members").click());
    assert.ok(all < FROZEN_MS, `no frame for ${all.toFixed(0)} ms when all are shown`);
  }));

test("a token of 20 kB stays fluid while it is edited", () =>
  site.visit({}, async (view) => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key-${at}`, "v".repeat(200)]));
    const token = issuer.token("ES384", claims(issuer.url, {}, { request_tags: tags }));
    assert.ok(token.length > 14_000);
    await view.paste(token);
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.part("start-role").click();
    await view.expectVerdict("policy", "Accepted");
    const field = view.part("token");
    await field.press("End");
    const pause = await longestPause(view, async () => {
      for (let key = 0; key < 10; key += 1) await field.press("a");
    });
    assert.ok(pause < 500, `no frame for ${pause.toFixed(0)} ms`);
  }));

test("depth, numbers and length are shown as they are, or named", () =>
  site.visit({}, async (view) => {
    const texts = {
      "deep nesting": issuer.token("ES384", `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`),
      "huge numbers": issuer.token("ES384", `{"exp":1e999,"iat":-99999999999999999999999999,"n":${"9".repeat(400)}}`),
      "two megabytes": `${encode("{}")}.${"A".repeat(2_000_000)}.AA`,
      "dots": ".".repeat(100_000),
      "a list of lists": issuer.token("ES384", JSON.stringify({ aud: Array.from({ length: 3_000 }, (_, at) => `https://${at}.example.com`) })),
    };
    for (const [what, text] of Object.entries(texts)) {
      const pause = await longestPause(view, () => view.paste(text));
      assert.ok(pause < FROZEN_MS, `${what}: no frame for ${pause.toFixed(0)} ms`);
      assert.notEqual(await view.verdict("signature"), "Holds", what);
    }
    await view.paste(texts["huge numbers"]);
    assert.match(await view.part("decoded-payload").innerText(), /-99999999999999999999999999/);
  }));

test("hostile keys and policies are refused by name", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384"));
    for (const text of [`{"keys":${"[".repeat(10_000)}`, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "[".repeat(50_000), "{}"]) {
      const pause = await longestPause(view, () => view.part("given-keys").fill(text));
      assert.ok(pause < FROZEN_MS);
      await view.part("keys-fault").or(view.part("skipped-keys")).first().waitFor();
      await view.part("policy-text").fill(text);
      await view.part("policy-fault").first().waitFor();
    }
    await view.expectVerdict("policy", "Policy has faults");
  }));
