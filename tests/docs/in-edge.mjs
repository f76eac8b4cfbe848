// in-edge.mjs ROUTE TOKEN-FILE: runs the GET handler of a route in a realm as Next.js has one for edge functions where
// they are developed, and prints its answer to a request with that token.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createContext, runInContext } from "node:vm";

import { build } from "esbuild";

import { packageFolder } from "../runtimes/sample.mjs";

const [route, tokenFile] = process.argv.slice(2);
const { outputFiles } = await build({
  stdin: {
    contents: `import { GET, runtime } from ${JSON.stringify(resolve(route))}; globalThis.route = { GET, runtime };`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  write: false,
  format: "iife",
  platform: "neutral",
  conditions: ["edge-light", "browser"],
  plugins: [{ name: "wasm", setup: compiledOutside }],
});

function compiledOutside({ onResolve, onLoad }) {
  onResolve({ filter: /core\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "wasm" }));
  onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: "export default globalThis.compiled;" }));
}

const { TextEncoder, TextDecoder, URL, AbortController, AbortSignal, performance, setTimeout, clearTimeout } = globalThis;
const { Request, Response, Headers, fetch, Uint8Array } = globalThis;
const context = createContext(
  {
    ...{ TextEncoder, TextDecoder, URL, AbortController, AbortSignal, performance, setTimeout, clearTimeout, console },
    ...{ Request, Response, Headers, fetch, Uint8Array },
    compiled: new WebAssembly.Module(readFileSync(join(packageFolder, "dist/core.wasm"))),
  },
  { codeGeneration: { wasm: false } },
);
runInContext("globalThis.globalThis = globalThis;", context);
runInContext(outputFiles[0].text, context);
const { GET, runtime } = context.route;
if (runtime !== "edge") throw new Error(`the route asks for ${runtime}`);
const authorization = `Bearer ${readFileSync(tokenFile, "utf8").trim()}`;
console.log(await (await GET(new Request("https://example.com/api/hello", { headers: { authorization } }))).text());
