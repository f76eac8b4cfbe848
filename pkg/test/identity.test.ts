import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { acceptedFrom } from "../src/identity.js";
import type { Row } from "../src/identity.js";

// Rust writes the same rows: crates/core/src/identity/row.rs.
const cases = JSON.parse(readFileSync("../crates/core/src/identity/rows.json", "utf8")) as {
  name: string;
  row: [];
  identity: object;
}[];

for (const { name, row, identity } of cases) {
  test(`an identity is what its row says: ${name}`, () => {
    const answer: unknown = [false, null, null, null, null, ...row];
    const accepted = acceptedFrom(answer as Row);
    assert.deepEqual(accepted, { kind: "verified", identity, stale: false });
    assert.deepEqual(Object.keys(accepted.identity), Object.keys(identity), "in the same order");
  });
}

test("what comes with an identity", () => {
  const [first] = cases;
  assert.ok(first !== undefined);
  const besides: unknown = [true, { id: 1 }, { accepted: true }, 2, 3, ...first.row];
  const { identity: _, ...rest } = acceptedFrom(besides as Row);
  assert.deepEqual(rest, {
    kind: "verified",
    stale: true,
    refresh: { id: 1 },
    report: { accepted: true },
    kept: { slot: 2, serial: 3 },
  });
});
