// bench.mjs TOKENS ROUNDS OUTPUT: each round runs every contender over the same tokens, in another
// order, so that whatever else the machine does falls on all of them. Only the ratios mean anything.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";

import { CONTENDERS } from "./contenders.mjs";
import { ALGORITHMS, ISSUER, sample } from "./tokens.mjs";

const [count, rounds, output] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const OURS = "countersign";

const results = [];
for (const algorithm of ALGORITHMS) {
  results.push({ algorithm, contenders: await measure(sample(algorithm, count)) });
}
print(results);
writeFileSync(
  output,
  `${JSON.stringify({ node: process.version, openssl: process.versions.openssl, cpu: cpus()[0].model, tokens: count, rounds, unit: "microseconds per verification", results }, null, 2)}\n`,
);

async function measure(input) {
  const contenders = Object.entries(CONTENDERS).map(([name, make]) => ({ name, verify: make(input), times: [] }));
  for (const contender of contenders) {
    await mustWork(contender, input.tokens);
  }
  // Two rounds to warm up, not counted.
  for (let round = -2; round < rounds; round += 1) {
    for (let at = 0; at < contenders.length; at += 1) {
      const { verify, times } = contenders[(at + round + contenders.length) % contenders.length];
      const time = await once(verify, input.tokens);
      if (round >= 0) {
        times.push(time);
      }
    }
  }
  return contenders.map(({ name, times }) => ({ name, ...summary(times) }));
}

/** A contender that accepts anything, or nothing, would be quick indeed. */
async function mustWork({ name, verify }, tokens) {
  for (const token of tokens) {
    assert.equal((await verify(token)).iss, ISSUER, name);
  }
  const [first, second] = tokens.map((token) => token.split("."));
  await assert.rejects(async () => verify([first[0], first[1], second[2]].join(".")), Error, name);
}

async function once(verify, tokens) {
  const start = process.hrtime.bigint();
  for (const token of tokens) {
    const result = verify(token);
    if (result instanceof Promise) {
      await result;
    }
  }
  return Number(process.hrtime.bigint() - start) / 1000 / tokens.length;
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

function print(results) {
  const names = Object.keys(CONTENDERS);
  console.log(`µs per verification: median (quartiles) and ratio to ${OURS}; Node ${process.version}, ${cpus()[0].model}`);
  console.log(["", ...ALGORITHMS].map((cell, at) => cell.padEnd(at === 0 ? 16 : 30)).join(""));
  for (const name of names) {
    const cells = results.map(({ contenders }) => {
      const find = (wanted) => contenders.find((contender) => contender.name === wanted);
      const { median, low, high } = find(name);
      const ratio = median / find(OURS).median;
      return `${round(median)} (${round(low)}–${round(high)}) ×${ratio.toFixed(2)}`.padEnd(30);
    });
    console.log(`${name.padEnd(16)}${cells.join("")}`);
  }
}

function round(value) {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
