// The page of an example in a headless browser: that of the tests of the inspector.
import { launch } from "../../tests/browser/browser.mjs";

/** Opens an address; `stop()` closes the browser. */
export async function openTab(url) {
  const browser = await launch();
  const tab = await browser.newPage();
  const requested = [];
  const faults = [];
  tab.on("request", (request) => requested.push(request.url()));
  tab.on("pageerror", (error) => faults.push(error.message));
  tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await tab.goto(url);
  return {
    /** Pastes a token, and waits for the verdict: its `code`, and its text. */
    async judge(token) {
      await tab.fill("#token", token);
      await tab.evaluate(() => delete document.querySelector("#verdict").dataset.code);
      await tab.click("button");
      const verdict = tab.locator("#verdict[data-code]");
      await verdict.waitFor({ timeout: 20_000 }).catch((error) => {
        throw new Error(`the page gave no verdict; ${faults.join("; ")}`, { cause: error });
      });
      return { code: await verdict.getAttribute("data-code"), text: await verdict.textContent() };
    },
    /** What was asked of others than the page's own host and this issuer, and what went wrong. */
    elsewhere(issuer) {
      const known = [url, issuer].map((each) => new URL(each).origin);
      const others = requested.filter((each) => !each.startsWith("data:") && !known.includes(new URL(each).origin));
      return [...others, ...faults];
    },
    async stop() {
      await browser.close();
      return { code: 0, signal: null, forced: false };
    },
  };
}
