import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, around, logarithmic, ticks } from "./scale.mjs";

test("equal ratios are equal distances", () => {
  const place = logarithmic([1, 10_000], [0, 400]);
  assert.deepEqual([1, 10, 100, 10_000].map((value) => Math.round(place(value))), [0, 100, 200, 400]);
});

test("a range is narrow, holds every value and is no point", () => {
  assert.deepEqual(around([3, 40]), [2, 50]);
  assert.deepEqual(around([1, 10_000]), [1, 10_000]);
  assert.deepEqual(around([0.3, 0.7]), [0.2, 1]);
  assert.deepEqual(around([5]), [5, 10]);
  assert.deepEqual(around([1000]), [1000, 2000]);
});

test("ticks are few, and enough", () => {
  assert.deepEqual(ticks([1, 10_000]), [1, 10, 100, 1000, 10_000]);
  assert.deepEqual(ticks([2, 50]), [2, 5, 10, 20, 50]);
  assert.deepEqual(ticks([0.2, 1]), [0.2, 0.5, 1]);
});

test("labels that would cover each other are moved apart, in their order", () => {
  assert.deepEqual(apart([100, 101, 40], 17), [100, 117, 40]);
  assert.deepEqual(apart([10, 10, 10], 5), [10, 15, 20]);
});
