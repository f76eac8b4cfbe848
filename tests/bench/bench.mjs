// bench.mjs full|quick OUTPUT.json: measures every part in turn, prints the tables and stores the figures.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

import { machine } from "./machine.mjs";
import { PLANS } from "./plans.mjs";
import { asText } from "./text.mjs";
import { ALGORITHMS, sample } from "./tokens.mjs";

const [, , mode, output] = process.argv;
const runPart = new URL("run-part.mjs", import.meta.url).pathname;

const figures = { mode, measured: new Date().toISOString().slice(0, 10), machine: machine(), tokenBytes: tokenBytes(), plan: PLANS[mode], disturbed: 0 };
for (const [part, plan] of Object.entries(PLANS[mode])) {
  const start = performance.now();
  process.stderr.write(`measuring: ${part} … `);
  const { figures: measured, disturbed } = measure(part, plan);
  figures[part] = measured;
  figures.disturbed = Math.max(figures.disturbed, disturbed ?? 0);
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0)} s\n`);
}
writeFileSync(output, `${JSON.stringify(short(figures), null, 1)}\n`);
console.log(asText(short(figures)));

function tokenBytes() {
  return Object.fromEntries(ALGORITHMS.map((algorithm) => [algorithm, sample(algorithm, 1).tokens[0].length]));
}

function measure(part, plan) {
  const args = ["--expose-gc", "--no-warnings", runPart, part, JSON.stringify(plan)];
  const printed = execFileSync(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 });
  return JSON.parse(printed.toString().trimEnd().split("\n").at(-1));
}

/** Four digits: no measurement here knows more. */
function short(value) {
  if (typeof value === "number") {
    return Number.isInteger(value) ? value : Number(value.toPrecision(4));
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(short);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, short(member)]));
}
