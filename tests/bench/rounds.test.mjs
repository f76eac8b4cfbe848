import assert from "node:assert/strict";
import { test } from "node:test";

import { disturbance, interleave, mustWork, shuffled } from "./rounds.mjs";

test("every contender warms up as often, then each has its turn in every round, over every input", async () => {
  const calls = [];
  const contender = (name) => ({ name, inputs: [1, 2, 3], verify: (input) => void calls.push(`${name}${input}`) });
  const times = await interleave([contender("a"), contender("b")], { warmUp: 6, rounds: 2 });
  const turn = (name) => [1, 2, 3].map((input) => `${name}${input}`);
  assert.deepEqual(calls.splice(0, 12), [...turn("a"), ...turn("a"), ...turn("b"), ...turn("b")]);
  for (const _round of [0, 1]) {
    const [first, second] = [calls.splice(0, 3), calls.splice(0, 3)];
    assert.deepEqual([first, second].sort(), [turn("a"), turn("b")]);
  }
  assert.deepEqual(calls, []);
  assert.deepEqual(Object.keys(times), ["a", "b"]);
  assert.ok([...times.a, ...times.b].every((time) => time >= 0));
  assert.equal(times.a.length, 2);
});

test("orders are complete, the same each time, and nobody always comes after the same one", () => {
  const names = ["a", "b", "c", "d", "e"];
  const orders = Array.from({ length: 100 }, (_, number) => shuffled(names, number));
  assert.ok(orders.every((order) => [...order].sort().join("") === names.join("")));
  assert.deepEqual(shuffled(names, 7), orders[7]);
  for (const name of names) {
    const before = orders.map((order) => order[order.indexOf(name) - 1] ?? "nobody");
    const counts = ["nobody", ...names.filter((other) => other !== name)].map((other) => before.filter((one) => one === other).length);
    assert.ok(counts.every((count) => count >= 8 && count <= 35), `${name}: ${counts}`);
  }
});

test("a promise is waited for, so that its time counts", async () => {
  const slow = { name: "slow", inputs: [1], verify: () => new Promise((resolve) => setTimeout(resolve, 20)) };
  const { slow: times } = await interleave([slow], { warmUp: 0, rounds: 1 });
  // A timer may fire a little early, and never 10 ms.
  assert.ok(times[0] > 10_000, `${times[0]} µs`);
});

test("fresh inputs are made before each round", async () => {
  let made = 0;
  const fresh = () => [(made += 1)];
  const seen = [];
  await interleave([{ name: "a", inputs: [0], fresh, verify: (input) => void seen.push(input) }], { warmUp: 1, rounds: 2 });
  assert.deepEqual(seen, [1, 2, 3]);
});

test("who accepts everything, or refuses what is good, does not take part", async () => {
  const bad = "bad";
  const refuse = (input) => {
    if (input === bad) {
      throw new Error("refused");
    }
  };
  await mustWork({ name: "right", inputs: ["good"], verify: refuse }, bad);
  await mustWork({ name: "right and asynchronous", inputs: ["good"], verify: async (input) => refuse(input) }, bad);
  await assert.rejects(mustWork({ name: "lax", inputs: ["good"], verify: () => undefined }, bad), /lax accepts/);
  await assert.rejects(mustWork({ name: "strict", inputs: [bad], verify: refuse }, bad), /refused/);
});

test("the share in which others ran, of the time that was measured", () => {
  assert.equal(disturbance({ timed: 100, running: 75 }), 0.25);
  // The collector of garbage runs beside us, on another core.
  assert.equal(disturbance({ timed: 100, running: 120 }), 0);
  assert.equal(disturbance({ timed: 0, running: 0 }), null);
});
