// The packed package through esbuild, run afterwards where nothing of the package is left beside it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";

import { inBrowser } from "./in-browser.mjs";
import { GIVEN, VERDICTS, VERDICTS_SOURCE, installed } from "./sample.mjs";

const sources = join(installed, "bundlers");
mkdirSync(sources, { recursive: true });
const elsewhere = mkdtempSync(join(tmpdir(), "countersign-bundled-"));

const ESM = `import * as entry from "countersign"; ${VERDICTS_SOURCE}
  export const result = verdicts(entry, ${JSON.stringify(GIVEN)});
  result.then((them) => globalThis.done?.(them) ?? console.log(JSON.stringify(them)));`;
const CJS = ESM.replace('import * as entry from "countersign"', 'const entry = require("countersign")').replace(
  "export const",
  "const",
);

async function bundled(name, source, options) {
  const entry = join(sources, name);
  writeFileSync(entry, source);
  const outfile = join(elsewhere, `${name}.${options.format === "esm" ? "mjs" : "cjs"}`);
  const { metafile } = await build({ entryPoints: [entry], bundle: true, outfile, metafile: true, logLevel: "silent", ...options });
  return { outfile, inputs: Object.keys(metafile.inputs) };
}

for (const [kind, source] of [["imported", ESM], ["required", CJS]]) {
  for (const format of ["esm", "cjs"]) {
    test(`esbuild for Node as ${format}, ${kind}`, async () => {
      const { outfile } = await bundled(`node-${kind}.js`, source, { platform: "node", format });
      assert.deepEqual(JSON.parse(execFileSync("node", [outfile], { encoding: "utf8" })), VERDICTS);
    });
  }

  test(`esbuild for browsers, ${kind}: runs by a browser's means alone`, async () => {
    const { outfile } = await bundled(`browser-${kind}.js`, source, { platform: "browser", format: "iife" });
    for (const base64 of [atob, undefined]) {
      const found = await inBrowser(readFileSync(outfile, "utf8"), base64);
      assert.deepEqual(found, VERDICTS);
    }
  });
}

test("bundled, Node's own cryptography serves as it does unbundled", async () => {
  const source = ESM.replace(/verdicts\(entry, (.*)\);\n/, 'verdicts(entry, $1, "host");\n');
  assert.notEqual(source, ESM);
  const { outfile } = await bundled("crypto.js", source, { platform: "node", format: "esm" });
  assert.deepEqual(JSON.parse(execFileSync("node", [outfile], { encoding: "utf8" })), VERDICTS);
});

test("esbuild with conditions of one's own: countersign/inline runs", async () => {
  const source = ESM.replace('"countersign"', '"countersign/inline"');
  const options = { platform: "node", format: "esm", conditions: ["own"] };
  const { outfile } = await bundled("inline.js", source, options);
  assert.deepEqual(JSON.parse(execFileSync("node", [outfile], { encoding: "utf8" })), VERDICTS);
});

test("what is not used is left out: of an import alone nothing remains", async () => {
  const { outfile } = await bundled("unused.js", 'import { createVerifier } from "countersign";', { platform: "browser", format: "esm" });
  assert.doesNotMatch(readFileSync(outfile, "utf8"), /WebAssembly/);
});

for (const [conditions, file] of [
  [["workerd", "worker", "browser"], "esm/workerd.js"],
  [["edge-light", "browser"], "esm/edge-light.js"],
  [["browser", "module"], "esm/inline.js"],
]) {
  test(`the conditions ${conditions} lead to ${file}`, async () => {
    const { inputs } = await bundled("conditions.js", ESM, { format: "esm", platform: "neutral", conditions, external: ["*.wasm", "*.wasm?module", "cloudflare:*"] });
    assert.deepEqual(inputs.filter((input) => input.includes("dist/")).map((input) => input.replace(/^.*dist\//, "")), [file]);
  });
}
