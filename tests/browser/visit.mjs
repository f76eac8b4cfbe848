// One visit to the page, watched: what it asks the network for, and whether anything goes wrong.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before } from "node:test";

import { launch } from "./browser.mjs";
import { startIssuer, startPage } from "./servers.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.COUNTERSIGN_SCREENSHOTS;

/**
 * The browser and the servers of a test file: `const site = useSite();`, with an issuer unless told not to, and
 * with the page as `start` serves it.
 */
export function useSite(options) {
  const site = {};
  before(async () => Object.assign(site, await openSite(options)));
  after(() => site.close?.());
  return site;
}

/** The same, for a script that closes it itself. */
export async function openSite({ issuer: withIssuer = true, start = startPage } = {}) {
  const browser = await launch();
  const issuer = withIssuer ? await startIssuer() : undefined;
  const page = await start(issuer);
  const site = {
    browser,
    issuer,
    page,
    /** A fresh context with the page in it, given to `use`; whatever went wrong in it fails the test. */
    visit: (options, use) => visit(site, options, use),
    async close() {
      await browser.close();
      await page.stop();
      await issuer?.stop();
    },
  };
  return site;
}

async function visit(site, options, use) {
  const { path = "/", fragment = "", clipboard = false, ...contextOptions } = options;
  const context = await site.browser.newContext({
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...contextOptions,
  });
  if (clipboard) await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const faults = [];
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  const page = await context.newPage();
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  await page.goto(`${site.page.url}${path}${fragment}`);
  await page.getByTestId("token").waitFor();
  const view = new View(site, context, page, requests, faults);
  try {
    await use(view).catch((error) => {
      // What went wrong in the browser is often why the page is not as it was expected to be.
      if (faults.length > 0) error.message += `\nthe browser saw: ${faults.join("\n")}`;
      throw error;
    });
    assert.deepEqual(faults, [], "the browser saw faults");
  } finally {
    await context.close();
  }
}

/** The page as a test sees it. */
class View {
  constructor(site, context, page, requests, faults) {
    Object.assign(this, { site, context, page, requests, faults });
  }

  /** The element with this `data-testid`. */
  part(id) {
    return this.page.getByTestId(id);
  }

  /** Puts a text into the token's field, as pasting does. */
  async paste(text) {
    await this.part("token").fill(text);
  }

  /** Takes a sample that is minted in the page. */
  async sample(id) {
    await this.part("samples").click();
    await this.part(`sample-${id}`).click();
    await this.part("verdict-signature").waitFor();
  }

  /** The word of a verdict: `signature`, `time` or `policy`. */
  async verdict(name) {
    const word = this.part(`verdict-${name}-word`);
    return (await word.evaluate((element) => element.firstChild.textContent)).trim();
  }

  /** Waits for a verdict's word. */
  async expectVerdict(name, word) {
    await this.eventually(`the ${name} verdict`, () => this.verdict(name), word);
  }

  /** Waits until a value is there. */
  async eventually(what, read, expected) {
    const end = Date.now() + 8_000;
    let found;
    do {
      found = await read().catch((error) => String(error));
      if (found === expected || (expected instanceof RegExp && expected.test(found))) return;
      await this.page.waitForTimeout(50);
    } while (Date.now() < end);
    assert.fail(`${what}: expected ${expected}, found ${found}`);
  }

  /** What was asked of the network beyond the page's own files. */
  foreign() {
    return this.requests.filter((url) => !url.startsWith(`${this.site.page.url}/`) && !url.startsWith("blob:"));
  }

  /** Faults of this visit are expected from here on, if they match. */
  forgive(pattern) {
    const kept = this.faults.filter((fault) => !pattern.test(fault));
    this.faults.splice(0, this.faults.length, ...kept);
  }

  /** Fails if the page is wider than the window. */
  async fitsTheWidth() {
    const [page, window] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(page <= window, `the page is ${page} px wide in a window of ${window} px`);
  }

  /** What axe-core finds against WCAG 2.2 AA, one line each. */
  async accessibilityFaults() {
    // Through the debugger's protocol, which the page's Content-Security-Policy does not concern.
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
      return violations.flatMap(({ id, impact, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${impact} ${id} ${target.join(" ")}: ${failureSummary}`),
      );
    });
  }

  /** Writes a picture where a person can look at it. */
  async picture(name, options = { fullPage: true }) {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`), ...options });
  }
}
