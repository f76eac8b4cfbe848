// The examples are complete: each folder is one, is run, and says how.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { EXAMPLES } from "../../xtask/examples/list.mjs";

const ROOT = join(import.meta.dirname, "../..");
const folders = readdirSync(join(ROOT, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");

test("every folder is an example that is run", () => {
  assert.deepEqual(Object.keys(EXAMPLES).sort(), folders.sort());
  for (const [name, { kind }] of Object.entries(EXAMPLES)) {
    const tests = { service: "services", caller: "callers", page: "page" }[kind];
    assert.ok(tests && existsSync(join(import.meta.dirname, `${tests}.test.mjs`)), `${name} is run by no test`);
  }
});

test("README of the repository names every example", () => {
  const readme = read("README.md");
  for (const name of folders) assert.ok(readme.includes(`(examples/${name})`), `${name} is not in README`);
});

for (const name of folders) {
  test(`${name} has a README with its one command, and with what AWS needs`, () => {
    const readme = read("examples", name, "README.md");
    assert.match(readme, new RegExp("^```sh\\ncargo xtask example " + name + "\\n```$", "m"));
    assert.match(readme, /^## With AWS$/m);
    assert.doesNotMatch(readme, /\/work\/|\/root\//);
  });

  test(`${name} is started as its own package says`, () => {
    const { start } = EXAMPLES[name];
    const file = join(ROOT, "examples", name, "package.json");
    if (!existsSync(file) || typeof start === "function") return;
    assert.equal(JSON.parse(readFileSync(file, "utf8")).scripts.start, start.join(" ").replace("node_modules/.bin/", ""));
  });

  test(`${name} pins what it is made of`, () => {
    const file = join(ROOT, "examples", name, "package.json");
    if (!existsSync(file)) return;
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(file, "utf8"));
    const all = Object.entries({ ...dependencies, ...devDependencies });
    for (const [dependency, version] of all) assert.match(version, /^\d+\.\d+\.\d+$/, dependency);
    if (all.length === 0) return;
    const lock = readFileSync(join(file, "../package-lock.json"), "utf8");
    assert.doesNotMatch(lock, /"resolved"/, "the lock file names a registry");
  });
}
