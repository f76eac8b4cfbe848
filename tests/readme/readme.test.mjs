// Runs every command and snippet of README.md, in its order, as a reader would (reader.mjs says how).
//
// Needs: COUNTERSIGN_ROOT (the clone), and a PATH with cargo, node, npm and aws.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";

import { blocks, Reader } from "./reader.mjs";

const root = process.env.COUNTERSIGN_ROOT;
assert.ok(root, "COUNTERSIGN_ROOT is not set: run `cargo xtask test`");

const around = mkdtempSync(join(tmpdir(), "countersign-readme-"));
const folder = join(around, "service");
mkdirSync(folder);
symlinkSync(root, join(around, "countersign"));
const installed = join(around, "installed");
const environment = {
  ...process.env,
  CARGO_INSTALL_ROOT: installed,
  // What the clone has built is there already; a reader would wait a little longer.
  CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(root, "target"),
  PATH: `${join(installed, "bin")}${delimiter}${process.env.PATH}`,
};
const reader = new Reader({ folder, root, around, environment, rustTests: "README.md" });
after(() => {
  reader.end();
  rmSync(around, { recursive: true, force: true });
});

const all = blocks(readFileSync(join(root, "README.md"), "utf8"));
assert.ok(all.length >= 8, `README has ${all.length} blocks; is the pattern still right?`);
for (const block of all) {
  test(`README line ${block.line}: ${block.how ?? block.language}`, { timeout: 900_000 }, () => reader.perform(block));
}

test("the service accepts the token, by the rule of README's policy", () => {
  const output = execFileSync("node", ["verify.mjs"], { cwd: folder, env: environment, encoding: "utf8" });
  assert.equal(
    output,
    'arn:aws:iam::111122223333:role/billing/Batch of o-abc1234567, by rule "our organization"\n',
  );
});
