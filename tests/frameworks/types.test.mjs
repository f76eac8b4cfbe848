// What users of each framework write, against the framework's own types, in ESM and CommonJS.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

const here = import.meta.dirname;
const consumer = join(here, "consumer");

// The same is written for the versions before.
const former = Object.entries({ express: "express4", koa: "koa2" }).map(([now, before]) => {
  const file = join(consumer, `${before}.mts`);
  const source = readFileSync(join(consumer, `${now}.mts`), "utf8");
  writeFileSync(file, source.replaceAll(`from "${now}"`, `from "${before}"`));
  return file;
});
after(() => former.forEach((file) => rmSync(file)));

test("types are right", () => {
  // The frameworks' own declarations have faults, and are not checked. Ours are, without the frameworks, in tests/packaging.
  const { stdout, status } = spawnSync(join(here, "node_modules/.bin/tsc"), ["--project", "."], { cwd: here, encoding: "utf8" });
  assert.equal(stdout, "");
  assert.equal(status, 0);
});

test("types are right in CommonJS, and nothing in our declarations is wrong beside the frameworks' own", (t) => {
  const made = readdirSync(consumer).filter((name) => name.endsWith(".mts"));
  const files = made.map((name) => {
    const file = join(consumer, name.replace(".mts", ".cts"));
    // Where there is no `await` outside of functions.
    writeFileSync(file, readFileSync(join(consumer, name), "utf8").replaceAll(/^await /gm, "void "));
    return file;
  });
  t.after(() => files.forEach((file) => rmSync(file)));
  const args = ["--project", ".", "--skipLibCheck", "false"];
  const { stdout } = spawnSync(join(here, "node_modules/.bin/tsc"), args, { cwd: here, encoding: "utf8" });
  // What is indented explains the line above.
  const faults = stdout.split("\n").filter((line) => /^\S/.test(line));
  assert.deepEqual(faults.filter((line) => !line.startsWith("node_modules/") || line.includes("countersign")), []);
  assert.equal(files.length, 9);
});
