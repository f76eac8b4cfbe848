import assert from "node:assert/strict";
import { test } from "node:test";

import { differences, summary } from "./summary.mjs";

test("median and quartiles, whatever the order", () => {
  assert.deepEqual(summary([5, 1, 4, 2, 3]), { median: 3, low: 2, high: 4 });
  assert.deepEqual(summary([10, 2]), { median: 6, low: 4, high: 8 });
  assert.deepEqual(summary([7]), { median: 7, low: 7, high: 7 });
});

test("numbers are ordered as numbers", () => {
  assert.equal(summary([100, 9, 20]).median, 20);
});

test("one wild round changes neither the median nor the quartiles much", () => {
  assert.deepEqual(summary([1, 2, 3, 4, 1000]), { median: 3, low: 2, high: 4 });
});

test("nothing measured, or no number, is no summary", () => {
  assert.throws(() => summary([]));
  assert.throws(() => summary([1, NaN]));
  assert.throws(() => summary([1, undefined]));
});

test("differences are taken round by round", () => {
  assert.deepEqual(differences([10, 30], [4, 20]), [6, 10]);
  assert.throws(() => differences([1], [1, 2]));
});
