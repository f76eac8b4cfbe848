// From the start of a process to its first verdict, ES384: a fresh process each time, one of each in turn.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";

import { PEERS } from "./names.mjs";
import { shuffled } from "./rounds.mjs";
import { summary } from "./summary.mjs";
import { AUDIENCE, ISSUER, sample } from "./tokens.mjs";

const FOLDER = `${process.env.COUNTERSIGN_TARBALL_DIR}/bench`;
const NAMES = ["nothing", "countersign (ESM)", "countersign (CommonJS)", ...PEERS];

/** By contender: milliseconds. */
export async function measure({ processes }) {
  const theirs = new URL("cold-start.mjs", import.meta.url).pathname;
  const ours = `${FOLDER}/cold-start.mjs`;
  const job = `${FOLDER}/cold.json`;
  mkdirSync(FOLDER, { recursive: true });
  cpSync(theirs, ours);
  const { algorithm, jwk, tokens } = sample("ES384", 1);
  writeFileSync(job, JSON.stringify({ issuer: ISSUER, audience: AUDIENCE, algorithm, jwk, token: tokens[0] }));
  const times = Object.fromEntries(NAMES.map((name) => [name, []]));
  // The first of each only fills the operating system's caches.
  for (let round = -1; round < processes; round += 1) {
    for (const name of shuffled(NAMES, round + 1)) {
      const time = await start([name.startsWith("countersign") ? ours : theirs, name, job]);
      if (round >= 0) {
        times[name].push(time);
      }
    }
  }
  return Object.fromEntries(NAMES.map((name) => [name, summary(times[name])]));
}

function start(args) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    let verdict;
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", () => {
      verdict = performance.now() - begin;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0 && verdict !== undefined) {
        resolve(verdict);
      } else {
        reject(new Error(`${args.join(" ")} ended with ${code}, without a verdict`));
      }
    });
  });
}
