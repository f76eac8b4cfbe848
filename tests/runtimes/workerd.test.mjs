// The packed package in Cloudflare's own runtime, which compiles no WebAssembly while it runs.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { bundled, started } from "./bundled.mjs";
import { GIVEN, NO_HOST_CRYPTO, VERDICTS, VERDICTS_SOURCE, installed } from "./sample.mjs";

const folder = join(installed, "workerd");
mkdirSync(folder, { recursive: true });

/** A worker's answer. */
async function answer(t, name, source, options = {}) {
  const entry = join(folder, `${name}.js`);
  writeFileSync(entry, source);
  const miniflare = started(await bundled(entry), { compatibilityDate: "2025-10-01", ...options });
  t.after(() => miniflare.dispose());
  const response = await miniflare.dispatchFetch("http://worker.example/");
  return JSON.parse(await response.text());
}

const judging = (entry, before = "") => `import * as entry from "${entry}"; ${before} ${VERDICTS_SOURCE}
  export default { fetch: async () => Response.json(await verdicts(entry, ${JSON.stringify(GIVEN)})) };`;

test("by its condition: the verdicts are Node's", async (t) => {
  assert.deepEqual(await answer(t, "condition", judging("countersign")), VERDICTS);
});

test("by its name", async (t) => {
  assert.deepEqual(await answer(t, "name", judging("countersign/workerd")), VERDICTS);
});

test("beside Node's compatibility, whose cryptography is not asked", async (t) => {
  const options = { compatibilityFlags: ["nodejs_compat"] };
  assert.deepEqual(await answer(t, "compatible", judging("countersign"), options), VERDICTS);
});

test("in the spelling of other edge runtimes", async (t) => {
  assert.deepEqual(await answer(t, "edge-light", judging("countersign/edge-light")), VERDICTS);
});

test("there is no cryptography of the host's, and one who demands it is told", async (t) => {
  const source = `import { createVerifier } from "countersign/workerd";
    export default { fetch() { try { createVerifier({ audience: "a", trust: [] }, { crypto: "host" }); return Response.json("made"); } catch (error) { return Response.json(error.code); } } };`;
  assert.equal(await answer(t, "crypto", source, { compatibilityFlags: ["nodejs_compat"] }), NO_HOST_CRYPTO);
});

test("slim, with the module that the worker imports itself", async (t) => {
  const before = 'import module from "countersign/core.wasm"; entry.provideModule(module);';
  const options = { compatibilityFlags: ["nodejs_compat"] };
  assert.deepEqual(await answer(t, "slim", judging("countersign/slim", before), options), VERDICTS);
});

test("a verifier that is made when the worker starts, before any request", async (t) => {
  const source = `import { createVerifier } from "countersign";
    const { policy, keys, now, tokens } = ${JSON.stringify(GIVEN)};
    const verifier = createVerifier(policy, { keys, now: () => now });
    export default { fetch: () => Response.json(verifier.verifySync(tokens[0]).principal.arn) };`;
  assert.equal(await answer(t, "global", source), VERDICTS[0]);
});

test("the entry with the module inside says what to import instead", async (t) => {
  const source = `import { createVerifier } from "countersign/inline";
    export default { fetch() {
      try { createVerifier({ audience: "a", trust: [] }); return Response.json("compiled"); } catch (error) { return Response.json([error.name, error.code, error.message.includes("countersign/workerd")]); }
    } };`;
  assert.deepEqual(await answer(t, "inline", source), ["ModuleError", "module.refused", true]);
});
