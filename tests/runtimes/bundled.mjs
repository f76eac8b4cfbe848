// The package bundled for hosts that are not Node: a worker in workerd, as wrangler does it, and a page.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { build } from "esbuild";
import { Miniflare, Response } from "miniflare";

import { packageFolder } from "./sample.mjs";

/** A worker with what it imports, and the module beside it. */
export async function bundled(entry) {
  const wasm = { name: "wasm", setup: ({ onResolve }) => onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path: `./${basename(path).replace(/\?.*/, "")}`, external: true })) };
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
    plugins: [wasm],
  });
  const modules = ["core.wasm", "testing.wasm"].filter((file) => outputFiles[0].text.includes(`"./${file}"`));
  return [
    { type: "ESModule", path: "worker.mjs", contents: outputFiles[0].text },
    ...modules.map((path) => ({ type: "CompiledWasm", path, contents: readFileSync(join(packageFolder, "dist", path)) })),
  ];
}

/** Starts a bundled worker. Nothing is fetched about where a request would come from. */
export function started(modules, options) {
  return new Miniflare({ modules, cf: false, ...options });
}

/** What the tests' own worker (worker.mjs) is started with: whatever it fetches, `answer` answers. */
export const withStores = (answer = () => new Response(null, { status: 404 })) => ({
  // Before promises of other requests were taken care of (handle_cross_request_promise_resolution).
  compatibilityDate: "2024-09-01",
  kvNamespaces: ["KEYS"],
  durableObjects: { KEPT: "KeptKeys", USED: "UsedTokens" },
  outboundService: answer,
});

/** A script for a page that judges vectors by the installed package. */
export async function forBrowsers(folder) {
  const contents = `import * as countersign from "countersign"; import { verdicts } from "./verdicts.mjs";
    globalThis.judge = (cases) => verdicts(countersign, cases);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
  });
  return outputFiles[0].text;
}
