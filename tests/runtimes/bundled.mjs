// The package bundled for hosts that are not Node: a worker in workerd, as wrangler does it, and a page.
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";
import { Miniflare } from "miniflare";

/** Bundles the folder's worker with what it imports. */
export async function bundled(folder) {
  const outdir = join(folder, `bundle-${randomUUID()}`);
  await build({
    entryPoints: [join(folder, "worker.mjs")],
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
    loader: { ".wasm": "copy" },
    outdir,
    outExtension: { ".js": ".mjs" },
  });
  return outdir;
}

/** Starts it; whatever it fetches, `answer` answers. */
export async function started(outdir, answer = () => new Response(null, { status: 404 })) {
  const wasm = readdirSync(outdir).filter((name) => name.endsWith(".wasm"));
  const worker = new Miniflare({
    modulesRoot: outdir,
    modules: [
      { type: "ESModule", path: join(outdir, "worker.mjs") },
      ...wasm.map((name) => ({ type: "CompiledWasm", path: join(outdir, name) })),
    ],
    // Before promises of other requests were taken care of (handle_cross_request_promise_resolution).
    compatibilityDate: "2024-09-01",
    cf: false,
    outboundService: answer,
    kvNamespaces: ["KEYS"],
    durableObjects: { USED: "UsedTokens" },
  });
  await worker.ready;
  return worker;
}

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
