// How much each runtime loads, from the packed package as it is, and from what a bundler makes of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { packageFolder } from "./sample.mjs";

const MODULE = "dist/core.wasm";
/** What may be loaded after brotli, in kB: the module by itself, and a runtime's whole. */
const MOST = { module: 130, whole: 150, bundled: 200, commandLine: 450 };

const read = (file) => readFileSync(join(packageFolder, file));
const table = [];

function weigh(what, octets, most) {
  const kb = (octets) => Number((octets.length / 1000).toFixed(1));
  const brotli = kb(brotliCompressSync(octets));
  table.push({ "loaded by": what, "kB": kb(octets), gzip: kb(gzipSync(octets, { level: 9 })), brotli, "at most": most });
  assert.ok(brotli <= most, `${what}: ${brotli} kB after brotli`);
}

test("the module keeps within its limit", () => weigh("(the module alone)", read(MODULE), MOST.module));

for (const [runtime, ...files] of [
  ["Node, ESM", "dist/esm/index.js", MODULE],
  ["Node, CommonJS", "dist/cjs/index.js", MODULE],
  ["Cloudflare Workers", "dist/esm/workerd.js", MODULE],
  ["edge functions", "dist/esm/edge-light.js", MODULE],
  ["countersign/slim", "dist/esm/slim.js", MODULE],
]) {
  test(`${runtime}: keeps within its limit`, () => weigh(runtime, Buffer.concat(files.map(read)), MOST.whole));
}

test("Deno and Bun: keep within their limit", () => weigh("Deno, Bun", read("dist/esm/inline.js"), MOST.bundled));

for (const [bundle, platform] of [
  ["a browser's bundle", "browser"],
  ["a bundle for Node", "node"],
]) {
  test(`${bundle}: keeps within its limit`, async () => {
    const { outputFiles } = await build({
      stdin: { contents: 'export { createVerifier } from "countersign";', resolveDir: packageFolder },
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      platform,
    });
    weigh(`${bundle}, minified`, outputFiles[0].contents, MOST.bundled);
  });
}

test("npx countersign: keeps within its limit", () => {
  weigh("npx countersign", Buffer.concat(["dist/bin/countersign.js", "dist/command-line.wasm"].map(read)), MOST.commandLine);
});

test("the errors alone bring no module", () => weigh("countersign/errors", read("dist/esm/errors.js"), 5));

after(() => console.table(table));
