// The packed package on every runtime: COUNTERSIGN_TARBALL_DIR is a folder in which it is installed and nothing else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { launch } from "../browser/browser.mjs";
import { vectorFiles } from "../conformance/node/vectors.mjs";
import { expected } from "./verdicts.mjs";
import { bundled, forBrowsers, started, withStores } from "./bundled.mjs";
import { firefox, judgedInFirefox } from "./firefox.mjs";

const installed = process.env.COUNTERSIGN_TARBALL_DIR;
assert.ok(installed, "COUNTERSIGN_TARBALL_DIR is not set: run these tests by cargo xtask test");
const folder = join(installed, "runtimes");
const bin = (name) => join(import.meta.dirname, "node_modules", name);

// A policy that is a text has no form as a value, and stands in the conformance tests with its reason.
const cases = vectorFiles()
  .flatMap(({ cases }) => cases)
  .filter(({ policy }) => policy.value !== undefined);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const file of ["judge.mjs", "verdicts.mjs", "worker.mjs"]) {
  cpSync(join(import.meta.dirname, file), join(folder, file));
}
writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));

const NODES = { "Node, the one that runs this": process.execPath };
if (process.platform === "linux" && process.arch === "x64") {
  NODES["Node 22"] = bin("node22/bin/node");
  NODES["Node 24"] = bin("node24/bin/node");
} else {
  console.log("skip Node 22 and 24: their packages are for Linux on x64; run the tests there");
}
const ENTRIES = ["countersign", "countersign required", "countersign/inline", "countersign/inline required", "countersign/slim"];

const table = [];
let reference;

/** Every verdict is the vector's, and to the letter that of the first runtime. */
function compare(runtime, found) {
  assert.equal(found.length, cases.length);
  const differing = cases.flatMap((one, at) => (found[at].startsWith(expected(one)) ? [] : [`${one.name}: ${found[at].slice(0, 300)}`]));
  reference ??= found;
  const unequal = found.filter((line, at) => line !== reference[at]).length;
  table.push({ runtime, cases: found.length, "verdicts equal": found.length - unequal });
  assert.deepEqual(differing, []);
  assert.equal(unequal, 0, "differs from the first runtime");
}

function judged(program, args, entry) {
  const out = join(folder, "out.json");
  rmSync(out, { force: true });
  execFileSync(program, [...args, join(folder, "judge.mjs"), entry, join(folder, "cases.json"), out], { cwd: folder });
  return JSON.parse(readFileSync(out, "utf8"));
}

for (const [name, program] of Object.entries(NODES)) {
  for (const entry of ENTRIES) {
    test(`${name}: ${entry}`, () => {
      assert.ok(existsSync(program), `${program} is not there: npm ci in tests/runtimes`);
      compare(`${name}: ${entry}`, judged(program, [], entry));
    });
  }
}

test("Deno", () => compare("Deno", judged(bin(".bin/deno"), ["run", "--allow-all", "--node-modules-dir=manual"], "countersign")));

test("Bun", () => compare("Bun", judged(bin(".bin/bun"), [], "countersign")));

test("workerd", async () => {
  const worker = started(await bundled(join(folder, "worker.mjs")), withStores());
  try {
    const response = await worker.dispatchFetch("http://worker/verdicts", { method: "POST", body: JSON.stringify(cases) });
    compare("workerd", await response.json());
  } finally {
    await worker.dispose();
  }
});

test("Chromium", async (context) => {
  let browser;
  try {
    browser = await launch();
  } catch (error) {
    if (process.env.CI) {
      throw error;
    }
    console.log("skip Chromium: none can be started; on Debian: apt-get install chromium");
    return context.skip();
  }
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await forBrowsers(folder) });
    compare("Chromium", await page.evaluate((cases) => globalThis.judge(cases), cases));
  } finally {
    await browser.close();
  }
});

test("Firefox", async (context) => {
  const program = firefox();
  if (program === undefined) {
    assert.ok(!process.env.CI, "Firefox is not there; on Debian: apt-get install firefox-esr");
    console.log("skip Firefox: it is not there; on Debian: apt-get install firefox-esr");
    return context.skip();
  }
  compare("Firefox", await judgedInFirefox(program, await forBrowsers(folder), cases));
});

after(() => console.table(table));
