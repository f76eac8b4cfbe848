// rust-worker.mjs FOLDER: the Worker in Rust that was built into this folder, in Cloudflare's own runtime, as
// `wrangler dev` would have it. PORT says where; what the Worker reads are AUDIENCE, ORGANIZATION and
// DANGER_LOOPBACK_ISSUERS.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const { Miniflare } = createRequire(resolve(import.meta.dirname, "../../tests/runtimes/package.json"))("miniflare");
const [folder] = process.argv.slice(2);
const { AUDIENCE, ORGANIZATION, DANGER_LOOPBACK_ISSUERS, PORT } = process.env;

// What worker-build would write around the bindings.
const SHIM = `import * as bindings from "./rust_worker.js";
import module from "./rust_worker_bg.wasm";
bindings.initSync({ module });
export default { fetch: (request, env, context) => bindings.fetch(request, env, context) };
`;
const read = (path) => readFileSync(join(folder, path));
const text = (path) => read(path).toString();
const [, snippet] = /from '\.\/(snippets\/[^']+)'/.exec(text("rust_worker.js"));

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: Number(PORT),
  cf: false,
  compatibilityDate: "2025-10-01",
  modules: [
    { type: "ESModule", path: "worker.mjs", contents: SHIM },
    { type: "ESModule", path: "rust_worker.js", contents: text("rust_worker.js") },
    { type: "ESModule", path: snippet, contents: text(snippet) },
    { type: "CompiledWasm", path: "rust_worker_bg.wasm", contents: read("rust_worker_bg.wasm") },
  ],
  bindings: { AUDIENCE, ORGANIZATION, DANGER_LOOPBACK_ISSUERS },
});
process.once("SIGTERM", () => miniflare.dispose().then(() => process.exit()));
await miniflare.ready;
