// The packed package in other hosts than Node, without a bundler.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { GIVEN, VERDICTS, VERDICTS_SOURCE, installed } from "./sample.mjs";

const folder = join(installed, "hosts");
mkdirSync(folder, { recursive: true });
const tools = join(import.meta.dirname, "node_modules/.bin");

for (const [host, file, ...args] of [
  ["bun", "esm.mjs"],
  ["bun", "cjs.cjs"],
  // With leave for nothing at all: not even to read files.
  ["deno", "esm.mjs", "run", "--no-prompt", "--cached-only"],
]) {
  test(`${host} runs ${file}, with its own cryptography too`, () => {
    const bring = file === "cjs.cjs" ? 'const entry = require("countersign");' : 'import * as entry from "countersign";';
    const judge = `Promise.all(["auto", "host"].map((crypto) => verdicts(entry, ${JSON.stringify(GIVEN)}, crypto)))
      .then((them) => console.log(JSON.stringify(them)));`;
    const path = join(folder, `${host}-${file}`);
    writeFileSync(path, `${bring} ${VERDICTS_SOURCE} ${judge}`);
    const printed = execFileSync(join(tools, host), [...args, path], { cwd: installed, encoding: "utf8" });
    assert.deepEqual(JSON.parse(printed), [VERDICTS, VERDICTS]);
  });
}

for (const [target, entry, host] of [
  ["bun", "countersign", join(tools, "bun")],
  // It sets no condition of a bundler then.
  ["node", "countersign/inline", "node"],
]) {
  test(`bun's bundler for ${target} takes ${entry} along whole`, () => {
    const source = join(folder, `bundle-${target}.mjs`);
    const outfile = join(folder, `bundled/${target}.mjs`);
    writeFileSync(source, readFileSync(join(folder, "bun-esm.mjs"), "utf8").replace('"countersign"', `"${entry}"`));
    execFileSync(join(tools, "bun"), ["build", source, `--target=${target}`, `--outfile=${outfile}`], { cwd: installed });
    assert.deepEqual(JSON.parse(execFileSync(host, [outfile], { encoding: "utf8" })), [VERDICTS, VERDICTS]);
  });
}
