import assert from "node:assert/strict";
import { test } from "node:test";

import { fastest, meets, targets } from "./targets.mjs";

const at = (median) => ({ median, low: median, high: median });
/** Figures in which every ratio is easy to see. */
const FIGURES = {
  signatures: {
    ES384: { "countersign in wasm": at(100), "aws-jwt-verify": at(450), "fast-jwt": at(400), jose: at(500), jsonwebtoken: at(600), "crypto.verify alone": at(10) },
    ES256: { "countersign in wasm": at(50), "aws-jwt-verify": at(150), "fast-jwt": at(100), jose: at(500), jsonwebtoken: at(600) },
    RS256: { "countersign in wasm": at(80), "aws-jwt-verify": at(30), "fast-jwt": at(20), jose: at(50), jsonwebtoken: at(40), "the crate rsa in wasm, alone": at(400) },
  },
  hosts: {
    onHost: true,
    hosts: { Node: { whole: at(26), bare: at(20), beyond: at(6.5) }, Bun: { whole: at(30), bare: at(20), beyond: at(10) }, Deno: null },
    hashing: { "SHA-256": at(2), "SHA-384": at(3) },
  },
  cache: { cached: true, countersign: at(2), "fast-jwt": at(10) },
  native: {
    ES384: {
      aws_lc_rs: { countersign: at(50), jsonwebtoken: at(150) },
      rust_crypto: { countersign: at(60), jsonwebtoken: at(600) },
    },
  },
  cold: { nothing: at(40), "countersign (ESM)": at(60), "countersign (CommonJS)": at(50), "aws-jwt-verify": at(75), jose: at(80), "fast-jwt": at(10) },
  size: { raw: 300_000, gzip: 140_000, brotli: 100_000 },
  memory: { idleIssuer: { heap: 1000, wasm: 2500 }, preparedKeys: { ES384: 200_000 } },
};

function row(begin, figures = FIGURES) {
  const found = targets(figures).filter(({ what }) => what.startsWith(begin));
  assert.equal(found.length, 1, begin);
  return found[0];
}

test("the fastest package is who we are held against, and the host's bare function is no package", () => {
  const { peer, value, meetsFirst, meetsThen } = row("ES384 in wasm");
  assert.deepEqual({ peer, value, meetsFirst, meetsThen }, { peer: "fast-jwt", value: 4, meetsFirst: true, meetsThen: false });
  assert.equal(fastest({ a: at(3), b: at(2) }, ["a", "b", "absent"]), "b");
});

test("each row's ratio, threshold by threshold", () => {
  const expected = {
    "ES256 in wasm": [2, true, true],
    "RS256 by default, Node": [1.3, true, false],
    "RS256 by default, Bun": [1.5, false, false],
    "RS256 in wasm alone": [5, true, false],
    "everything but the signature": [9.5, true, false],
    "a token seen before": [5, true, false],
    "native, ES384": [3, true, true],
    "cold": [0.8, true, true],
    "the wasm module": [100, true, false],
    "memory per known but idle issuer": [3.5, true, null],
    "memory per prepared ES384 key": [200, null, null],
  };
  for (const [begin, [value, first, then]] of Object.entries(expected)) {
    const found = row(begin);
    assert.deepEqual([found.value, found.meetsFirst, found.meetsThen], [value, first, then], begin);
  }
  assert.equal(targets(FIGURES).length, Object.keys(expected).length + 2);
});

test("natively the ratio is within one process, and the harder peer counts", () => {
  const harder = { ...FIGURES, native: { ES384: { ...FIGURES.native.ES384, rust_crypto: { countersign: at(100), jsonwebtoken: at(120) } } } };
  const { peer, value } = row("native", harder);
  assert.deepEqual({ peer, value }, { peer: "jsonwebtoken, rust_crypto", value: 1.2 });
});

test("what was not measured meets nothing, and says why", () => {
  const found = row("RS256 by default, Deno");
  assert.match(found.missing, /Deno is not installed/);
  assert.ok(!("meetsFirst" in found));
  assert.match(row("native", { ...FIGURES, native: null }).missing, /AWS-LC/);
  assert.match(row("a token seen", { ...FIGURES, cache: { cached: false, countersign: at(1), "fast-jwt": at(9) } }).missing, /tokenCache/);
  assert.match(row("everything", { ...FIGURES, hosts: { ...FIGURES.hosts, onHost: false } }).missing, /crypto/);
});

test("a threshold is met by what is exactly on it, from either side", () => {
  assert.ok(meets(3, 3, true) && meets(3, 3, false));
  assert.ok(!meets(2.99, 3, true) && !meets(3.01, 3, false));
  assert.equal(meets(1, null, true), null);
});
