// The examples of the package's README, word for word, by the test runners that they are for.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { BAD_TOKENS } from "countersign/testing";

import { run, VITEST } from "./running.mjs";

const here = import.meta.dirname;
const folder = join(here, "runners/readme");
const readme = readFileSync(join(here, "node_modules/countersign/README.md"), "utf8");

function written(name) {
  const [, source] = new RegExp(`<!-- file: ${name} -->\\n\`\`\`js\\n([^]*?)\`\`\``).exec(readme) ?? [];
  assert.ok(source, `${name} is not in the README`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name.replace(".mjs", ".test.mjs"));
  writeFileSync(file, source);
  return file;
}

test("the example for Vitest", async () => {
  const file = written("service.vitest.mjs");
  const { stdout } = await run(VITEST, ["run", file, "--reporter=json"]);
  const { numPassedTests, success } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  assert.deepEqual([numPassedTests, success], [1 + Object.keys(BAD_TOKENS).length, true]);
});

test("the example for node:test", async () => {
  const { stdout } = await run("node", ["--test", "--test-reporter=tap", written("service.node.mjs")]);
  assert.match(stdout, /^# pass 2$/m);
});

test("its table of bad tokens", () => {
  const rows = [...readme.matchAll(/^\| (`[a-z-]+`[^|]*) \| (`[a-z_.]+`)[^|]* \|$/gm)];
  const listed = rows.flatMap(([, names, code]) => [...names.matchAll(/`([a-z]+-[a-z-]+|expired)`/g)].map(([, name]) => [name, code.slice(1, -1)]));
  assert.deepEqual(Object.fromEntries(listed.filter(([name]) => Object.hasOwn(BAD_TOKENS, name))), BAD_TOKENS);
});
