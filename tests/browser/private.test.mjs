// Private by construction: what the page says of itself, watched at the network and in storage.
import assert from "node:assert/strict";
import { test } from "node:test";

import { makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });
const issuer = makeIssuer();

test("the page asks for nothing but its own files, whatever is done with it", () =>
  site.visit({}, async (view) => {
    await view.page.waitForLoadState("networkidle");
    const files = view.requests.length;
    await view.paste(issuer.token("ES384"));
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
    await view.part("start-role").click();
    await view.part("compare").click();
    await view.part("other").fill(issuer.token("RS256"));
    await view.part("compare-close").click();
    await view.part("share").click();
    await view.part("share-back").click();
    await view.page.waitForTimeout(300);
    assert.deepEqual(view.requests.slice(files), []);
    assert.deepEqual(view.foreign(), []);
    for (const url of view.requests) assert.ok(!url.includes("eyJ"), url);
  }));

test("nothing but language and theme is stored", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384"));
    await view.part("start-role").click();
    await view.part("theme").selectOption("dark");
    await view.part("language").selectOption("ja");
    const stored = await view.page.evaluate(async () => ({
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
      cached: (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat(),
    }));
    assert.deepEqual(stored.local.sort(), [["countersign.language", "ja"], ["countersign.theme", "dark"]]);
    assert.deepEqual([stored.session, stored.cookies, stored.databases], [[], "", 0]);
    for (const url of stored.cached) assert.ok(url.startsWith(site.page.url) && !url.includes("eyJ"), url);
  }));

test("the Content-Security-Policy is strict, and holds", () =>
  site.visit({}, async (view) => {
    const response = await view.page.request.get(`${site.page.url}/`);
    const header = response.headers()["content-security-policy"];
    const meta = /Content-Security-Policy"\s+content="([^"]+)"/.exec(await response.text())[1];
    assert.equal(header, `${meta}; frame-ancestors 'none'`);
    const policy = Object.fromEntries(meta.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1)]));
    assert.deepEqual(policy["default-src"], ["'none'"]);
    assert.deepEqual(policy["script-src"], ["'self'", "'wasm-unsafe-eval'"]);
    assert.deepEqual(policy["style-src"], ["'self'"]);
    assert.deepEqual(policy["connect-src"], ["'self'", "https://*.tokens.sts.global.api.aws", "http://127.0.0.1:*", "http://localhost:*"]);
    const refused = await view.page.evaluate(async () => {
      const outcomes = [];
      outcomes.push(await fetch("https://example.com/").then(() => "fetched", () => "refused"));
      const script = document.createElement("script");
      try {
        script.textContent = "window.ran = true";
        document.head.append(script);
      } catch {}
      outcomes.push(window.ran ? "ran" : "refused");
      return outcomes;
    });
    assert.deepEqual(refused, ["refused", "refused"]);
    view.forgive(/CSP:|Content Security Policy|TrustedScript|ERR_/);
  }));

test("after the first load the page works without a network", () =>
  site.visit({}, async (view) => {
    await view.page.evaluate(() => navigator.serviceWorker.ready);
    await view.eventually("the cache", () => view.page.evaluate(async () => String((await caches.keys()).length)), "1");
    await view.page.reload();
    await view.context.setOffline(true);
    await view.page.reload();
    await view.paste(issuer.token("ES384"));
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
  }));

test("it can be installed", () =>
  site.visit({}, async (view) => {
    const href = await view.page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = await (await view.page.request.get(new URL(href, `${site.page.url}/`).href)).json();
    assert.equal(manifest.display, "standalone");
    assert.ok(manifest.icons.some(({ sizes }) => sizes === "512x512"));
    for (const { src } of manifest.icons) {
      assert.equal((await view.page.request.get(new URL(src, `${site.page.url}/`).href)).status(), 200, src);
    }
    const session = await view.context.newCDPSession(view.page);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  }));

test("the page says so", () =>
  site.visit({}, async (view) => {
    const footer = await view.page.locator("footer").innerText();
    assert.match(footer, /Tokens stay in this page/);
    assert.match(footer, /Content-Security-Policy/);
  }));
