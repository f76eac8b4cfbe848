// bench.mjs FIGURES.json: how large the page's first load is, and how soon the page can be used. Both are
// printed, and added to the figures in the file.
import { readFileSync, writeFileSync } from "node:fs";

import { launch } from "../../tests/browser/browser.mjs";
import { startPage } from "../../tests/browser/servers.mjs";
import { BUDGET, firstLoad, kb } from "./sizes.mjs";

const [figures] = process.argv.slice(2);
const VISITS = 5;
/** Milliseconds from the start of the navigation. */
const INTERACTIVE_WITHIN = 1000;

const size = firstLoad(process.env.COUNTERSIGN_DIST);
console.log(`the page's first load: ${kb(size)} brotli (wasm, js, css), of ${kb(BUDGET)} at most`);
const times = (await visits()).sort((a, b) => a - b);
const median = times[Math.floor(VISITS / 2)];
console.log(
  `the page can be used after ${median} ms (median of ${VISITS} first visits, ${times[0]} to ${times.at(-1)}), of ${INTERACTIVE_WITHIN} ms at most`,
);
const page = { firstLoad: { unit: "bytes, brotli", total: size, atMost: BUDGET }, interactive: { unit: "milliseconds", median, times, atMost: INTERACTIVE_WITHIN } };
writeFileSync(figures, `${JSON.stringify({ ...JSON.parse(readFileSync(figures, "utf8")), page }, null, 2)}\n`);

/** When each visit's page could be used. Each has a new profile, so nothing is kept from the one before. */
async function visits() {
  const browser = await launch();
  const server = await startPage();
  try {
    const times = [];
    for (let visit = 0; visit < VISITS; visit += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(server.url);
      const mark = await page.waitForFunction(
        () => performance.getEntriesByName("countersign:interactive")[0]?.startTime,
      );
      times.push(Math.round(await mark.jsonValue()));
      await context.close();
    }
    return times;
  } finally {
    await server.stop();
    await browser.close();
  }
}
