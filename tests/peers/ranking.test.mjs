// A ranking that could not fail would be none.
import assert from "node:assert/strict";
import { test } from "node:test";

import { betterPeers, dominatingPeers, indifferentRows, standing } from "./ranking.mjs";
import { fetches, verdict } from "./rows/outcome.mjs";

const REFUSED = verdict({ accepted: false, code: "some.code" });
const ACCEPTED = verdict({ accepted: true });

test("what must be refused is better refused, and few fetches are better than many", () => {
  assert.equal(standing(REFUSED, [ACCEPTED, ACCEPTED]), "best alone");
  assert.equal(standing(REFUSED, [ACCEPTED, REFUSED]), "best, with others");
  assert.equal(standing(ACCEPTED, [ACCEPTED, ACCEPTED]), "best, with others");
  assert.equal(standing(ACCEPTED, [ACCEPTED, REFUSED]), "worse");
  assert.equal(standing(fetches(1), [fetches(50), fetches(0)]), "worse");
});

test("a peer that is better in one line is named, whatever it does in others", () => {
  const ours = { name: "ours", rows: [REFUSED, fetches(2)] };
  const peers = [
    { name: "good", rows: [ACCEPTED, fetches(1)] },
    { name: "bad", rows: [ACCEPTED, fetches(3)] },
  ];
  assert.deepEqual(betterPeers(0, { ours, peers }), []);
  assert.deepEqual(betterPeers(1, { ours, peers }), ["good: 1; ours: 2"]);
});

test("a row in which nobody does worse says nothing", () => {
  const rows = [{ title: "one", lines: [{}, {}] }, { title: "two", lines: [{}] }];
  const ours = { name: "ours", rows: [REFUSED, REFUSED, REFUSED] };
  const peers = [{ name: "peer", rows: [REFUSED, ACCEPTED, REFUSED] }];
  assert.deepEqual(indifferentRows(rows, { ours, peers }), ["two"]);
});

test("a price is too high when another pays less for the same", () => {
  const ours = { name: "ours", price: [fetches(9), fetches(4), fetches(10)] };
  const peers = [
    { name: "less for the same", price: [fetches(99), fetches(3), fetches(10)] },
    { name: "the same", price: [fetches(0), fetches(4), fetches(10)] },
    { name: "less for less", price: [fetches(0), fetches(3), fetches(11)] },
  ];
  assert.deepEqual(dominatingPeers([1, 3], { ours, peers }), ["less for the same"]);
});
