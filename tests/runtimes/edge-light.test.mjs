// The entry for Vercel's edge functions in a realm of its own, as Next.js runs them where they are developed:
// modules are compiled outside of it, and nothing can be compiled within.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

import { build } from "esbuild";

import { GIVEN, VERDICTS, VERDICTS_SOURCE, installed, packageFolder } from "./sample.mjs";

const folder = join(installed, "edge-light");
mkdirSync(folder, { recursive: true });

/** What the function answers, given this for what it imports as `core.wasm?module`. */
async function answer(module) {
  const entry = join(folder, "function.js");
  writeFileSync(
    entry,
    `import * as entry from "countersign"; ${VERDICTS_SOURCE}
     globalThis.answer = async () => verdicts(entry, ${JSON.stringify(GIVEN)});`,
  );
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "neutral",
    conditions: ["edge-light", "browser"],
    plugins: [{ name: "wasm", setup: importedAsGlobal }],
  });
  const { TextEncoder, TextDecoder, URL, AbortController, performance, setTimeout, clearTimeout } = globalThis;
  const globals = { TextEncoder, TextDecoder, URL, AbortController, performance, setTimeout, clearTimeout, Uint8Array, imported: module };
  const context = createContext(globals, { codeGeneration: { wasm: false } });
  runInContext("globalThis.globalThis = globalThis;", context);
  runInContext(outputFiles[0].text, context);
  return [...(await runInContext("answer()", context))];
}

function importedAsGlobal({ onResolve, onLoad }) {
  onResolve({ filter: /core\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "wasm" }));
  onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: "export default globalThis.imported;" }));
}

test("a module that was compiled outside gives the verdicts", async () => {
  const octets = readFileSync(join(packageFolder, "dist/core.wasm"));
  assert.deepEqual(await answer(new WebAssembly.Module(octets)), VERDICTS);
});

test("an import that gave a path, as some bundlers have it, is refused by name", async () => {
  await assert.rejects(answer("/assets/core.wasm"), { name: "ModuleError", code: "module.unusable" });
});
