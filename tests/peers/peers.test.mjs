// The table: ours is what it must be, no peer is better, and the committed document says the same.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import { committed, documentOf } from "./document.mjs";
import { measure } from "./measure.mjs";
import { betterPeers, dominatingPeers, indifferentRows } from "./ranking.mjs";
import { linesOf } from "./rows/lines.mjs";
import { PRICE, ROWS } from "./rows/rows.mjs";
import { terminal } from "./table.mjs";

suite("beside other packages", () => {
  let results;

  before(async () => {
    results = await measure();
  });

  after(() => {
    if (results !== undefined) {
      console.log(`\n${terminal(ROWS, "rows", results)}\n\n${terminal(PRICE, "price", results)}\n`);
    }
  });

  for (const { at, name, ours } of linesOf(ROWS)) {
    test(name, () => {
      const { merit: _merit, note: _note, ...outcome } = results.ours.rows[at];
      assert.deepEqual(outcome, ours);
      assert.deepEqual(betterPeers(at, results), []);
    });
  }

  for (const { at, name, ours } of linesOf(PRICE)) {
    test(`the price: ${name}`, () => assert.equal(results.ours.price[at].cell, ours.cell));
  }

  test("in each row somebody does worse, or the row says nothing", () => {
    assert.deepEqual(indifferentRows(ROWS, results), []);
  });

  let from = 0;
  for (const { title, lines } of PRICE) {
    const range = [from, (from += lines.length)];
    test(`the price: ${title}: no peer pays less for the same`, () => {
      assert.deepEqual(dominatingPeers(range, results), []);
    });
  }

  test("docs/peers.md says what was measured", () => {
    assert.equal(committed(), documentOf(results), "it does not: run cargo xtask peers --write");
  });
});
