// The packed package through other bundlers than esbuild, run afterwards where nothing of the package is left beside it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";

import { inBrowser } from "./in-browser.mjs";
import { GIVEN, VERDICTS, VERDICTS_SOURCE, installed } from "./sample.mjs";

const sources = join(installed, "other-bundlers");
mkdirSync(sources, { recursive: true });
const entry = join(sources, "entry.js");
writeFileSync(
  entry,
  `import * as entry from "countersign"; ${VERDICTS_SOURCE}
   verdicts(entry, ${JSON.stringify(GIVEN)}).then((them) => (globalThis.done ?? ((all) => console.log(JSON.stringify(all))))(them));`,
);
const elsewhere = () => mkdtempSync(join(tmpdir(), "countersign-bundled-"));

function inNode(file) {
  assert.deepEqual(JSON.parse(execFileSync("node", [file], { encoding: "utf8" })), VERDICTS);
}

/** The one script that a bundler made. */
function script(folder) {
  const files = readdirSync(folder);
  assert.equal(files.length, 1, `nothing else: ${files}`);
  return join(folder, files[0]);
}

function packed(options) {
  const path = elsewhere();
  const config = { mode: "production", context: sources, entry, output: { path, filename: "bundle.cjs" }, ...options };
  return new Promise((resolve, reject) => {
    webpack(config, (error, stats) => {
      const fault = error ?? (stats.hasErrors() || stats.hasWarnings() ? new Error(stats.toString("errors-warnings")) : undefined);
      fault === undefined ? resolve(script(path)) : reject(fault);
    });
  });
}

// webpack finds the bundle large, which it is.
const quiet = { performance: false };

test("webpack for Node", async () => inNode(await packed({ target: "node", ...quiet })));

test("webpack for browsers", async () => {
  const code = readFileSync(await packed({ target: "web", ...quiet }), "utf8");
  assert.deepEqual(await inBrowser(code), VERDICTS);
});

for (const [name, options] of [["Node", { preferBuiltins: true }], ["browsers", { browser: true }]]) {
  test(`Rollup for ${name}`, async () => {
    const folder = elsewhere();
    const bundle = await rollup({ input: entry, plugins: [nodeResolve(options)], onwarn: ({ message }) => assert.fail(message) });
    await bundle.write({ file: join(folder, "bundle.cjs"), format: "iife" });
    const file = script(folder);
    name === "Node" ? inNode(file) : assert.deepEqual(await inBrowser(readFileSync(file, "utf8"), atob), VERDICTS);
  });
}

test("Vite for browsers", async () => {
  const outDir = elsewhere();
  const lib = { entry, formats: ["iife"], name: "bundle", fileName: () => "bundle.cjs" };
  await vite({ root: sources, configFile: false, logLevel: "warn", build: { outDir, lib } });
  assert.deepEqual(await inBrowser(readFileSync(script(outDir), "utf8"), atob), VERDICTS);
});

test("Vite for servers, with everything inside", async () => {
  const outDir = elsewhere();
  await vite({ root: sources, configFile: false, logLevel: "warn", ssr: { noExternal: true }, build: { outDir, ssr: entry } });
  inNode(join(outDir, readdirSync(outDir).find((name) => /\.m?js$/.test(name))));
});
