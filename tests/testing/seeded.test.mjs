// The issuer compiled to WebAssembly gives what the native one gives, by the same seed: seeded.json, which
// crates/wasm-issuer holds against the native one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createTestIssuer } from "countersign/testing";

const { seed, now, tokens, issuer, keys } = JSON.parse(readFileSync(new URL("seeded.json", import.meta.url), "utf8"));

test("by one seed: the same issuer, keys and tokens as natively", async () => {
  const config = readFileSync(new URL("../../crates/issuer/src/default.toml", import.meta.url), "utf8").replace('form = "loopback"', 'form = "aws"');
  const made = createTestIssuer({ config, seed, now });
  assert.equal(made.url, issuer);
  for (const { order, token } of tokens) {
    const { principal, audience, signing_algorithm: algorithm, region, flaw } = order;
    const options = { accessKeyId: principal.access_key_id, audience, algorithm, region };
    assert.equal(await (flaw === undefined ? made.token(options) : made.badToken(flaw, options)), token);
  }
  assert.deepEqual(made.keys[issuer], keys);
});
