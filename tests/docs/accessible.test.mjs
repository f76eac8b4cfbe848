// Looks at pages in a browser, light and dark, wide and narrow: WCAG 2.2 AA by axe-core, nothing cut off, and nothing
// asked of anybody else. With COUNTERSIGN_PICTURES, a folder, it keeps what it saw.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, test } from "node:test";
import { createRequire } from "node:module";

import { launch } from "../browser/browser.mjs";

const site = process.env.COUNTERSIGN_SITE;
assert.ok(site, "COUNTERSIGN_SITE is not set: run `cargo xtask docs --test`");
const axe = readFileSync(createRequire(join(import.meta.dirname, "../browser/x")).resolve("axe-core/axe.min.js"), "utf8");
const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
const PAGES = ["index", "getting-started", "policies", "error-codes", "migration/aws-jwt-verify", "peers", "ja/getting-started"];
const SIZES = { wide: { width: 1500, height: 1000 }, narrow: { width: 360, height: 780 } };

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
  try {
    const content = readFileSync(join(site, path.endsWith("/") ? `${path}index.html` : path));
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html" }).end(content);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`${colorScheme}, ${size}`, async () => {
      const context = await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
      const page = await context.newPage();
      const elsewhere = [];
      const faults = [];
      page.on("request", (request) => request.url().startsWith(origin) || request.url().startsWith("data:") || elsewhere.push(request.url()));
      page.on("response", (response) => response.ok() || faults.push(`${response.status()} ${response.url()}`));
      page.on("pageerror", (error) => faults.push(String(error)));
      for (const name of PAGES) {
        await page.goto(`${origin}/${name}.html`, { waitUntil: "networkidle" });
        const dark = await page.evaluate(() => document.documentElement.classList.contains("dark"));
        assert.equal(dark, colorScheme === "dark", "the system's colours are taken");
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
          globalThis.axe.run(document, {
            // VitePress draws the keys of a shortcut into the button for the search.
            rules: { "label-content-name-mismatch": { enabled: false } },
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
          }),
        );
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 150)} ${any[0]?.message ?? ""}`));
        assert.deepEqual(found.slice(0, 10), [], `${name}: ${found.length} faults`);
        const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(needed <= there, `${name} needs ${needed} px of ${there}`);
        if (process.env.COUNTERSIGN_PICTURES) {
          await page.screenshot({ path: join(process.env.COUNTERSIGN_PICTURES, `${name.replace("/", "-")}-${colorScheme}-${size}.png`) });
        }
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(elsewhere, []);
      await context.close();
    });
  }
}

test("the search finds an error code by its name", async () => {
  const page = await browser.newPage({ viewport: SIZES.wide });
  await page.goto(`${origin}/index.html`, { waitUntil: "networkidle" });
  await page.locator(".DocSearch-Button").click();
  await page.locator("#localsearch-input").fill("audience.mismatch");
  const first = page.locator(".VPLocalSearchBox .result").first();
  await first.waitFor();
  assert.match(await first.getAttribute("href"), /error-codes\.html#audience\.mismatch$/);
  await page.close();
});
