// Vitest, Jest (with ESM and with CommonJS) and node:test run a service's own tests, as their users have them.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { run, VITEST } from "./running.mjs";

const here = import.meta.dirname;
const bin = join(here, "node_modules/.bin");
const jest = (folder) => [
  join(bin, "jest"),
  ["--rootDir", join(here, "runners", folder), "--testMatch", "**/*.test.?js", "--json", "--config", '{"transform":{}}'],
];

// With ESM, Jest's users write what Vitest's do.
const vitest = readFileSync(join(here, "runners/vitest/service.test.mjs"), "utf8");
mkdirSync(join(here, "runners/jest-esm"), { recursive: true });
writeFileSync(join(here, "runners/jest-esm/service.test.mjs"), vitest.replace('from "vitest"', 'from "@jest/globals"'));

/** How many tests passed, by each runner's own count. */
const RUNNERS = {
  vitest: [[VITEST, ["run", "--dir", join(here, "runners/vitest"), "--reporter=json"]], 16],
  jest: [jest("jest"), 14],
  "jest in jsdom's conditions": [
    [jest("jest")[0], [...jest("jest")[1].slice(0, -1), '{"transform":{},"testEnvironmentOptions":{"customExportConditions":["browser"]}}']],
    14,
  ],
  "jest with ESM": [jest("jest-esm"), 16, { NODE_OPTIONS: "--experimental-vm-modules --no-warnings" }],
};

for (const [name, [[program, args], expected, env = {}]] of Object.entries(RUNNERS)) {
  test(name, async () => {
    const { stdout } = await run(program, args, env);
    const { numPassedTests, numTotalTests, success } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    assert.deepEqual({ numPassedTests, numTotalTests, success }, { numPassedTests: expected, numTotalTests: expected, success: true });
  });
}

test("node:test", async () => {
  const { stdout } = await run("node", ["--test", "--test-reporter=tap", join(here, "runners/node-test/service.test.mjs")]);
  assert.match(stdout, /^# pass 14$/m);
  assert.match(stdout, /^# fail 0$/m);
});
