// The crate in native code, beside the crate jsonwebtoken with each of its providers: tests/bench/native.
import { spawnSync } from "node:child_process";

import { summary } from "./summary.mjs";
import { ALGORITHMS, AUDIENCE, ISSUER, sample } from "./tokens.mjs";

const PROVIDERS = ["aws_lc_rs", "rust_crypto"];

/** By algorithm and contender: microseconds per verification; by number of threads: verifications per second. */
export async function measure({ tokens, rounds, warmUp, count }) {
  const program = process.env.COUNTERSIGN_BENCH_NATIVE;
  if (!program) {
    return null;
  }
  const figures = {};
  for (const algorithm of ALGORITHMS) {
    const { jwk, tokens: all } = sample(algorithm, tokens);
    const now = Math.floor(Date.now() / 1000);
    const job = { algorithm, issuer: ISSUER, audience: AUDIENCE, jwk, tokens: all, now, warmUp, rounds, threads: [1, 2] };
    const runs = Object.fromEntries(PROVIDERS.map((provider) => [provider, run(program, provider, job)]));
    figures[algorithm] = {
      ...Object.fromEntries(PROVIDERS.map((provider) => [provider, beside(runs[provider])])),
      threads: runs.aws_lc_rs.threads.map(({ threads, perSecond }) => ({ threads, perSecond: summary(perSecond) })),
      instructions: count ? instructions(program, job, count) : null,
    };
  }
  return figures;
}

function beside({ countersign, jsonwebtoken }) {
  const microseconds = (times) => summary(times.map((time) => time / 1000));
  return { countersign: microseconds(countersign), jsonwebtoken: microseconds(jsonwebtoken) };
}

function run(program, provider, job) {
  const { status, stdout, stderr, error } = spawnSync(program, [provider], { input: JSON.stringify(job), maxBuffer: 1 << 26 });
  if (status !== 0) {
    throw error ?? new Error(`${program} ${provider} ended with ${status}: ${stderr}`);
  }
  return JSON.parse(stdout.toString());
}

/** Instructions per verification: what 100 more take, after so many that the key is prepared. Null without valgrind. */
function instructions(program, job, before) {
  const MORE = 100;
  const [fewer, more] = [before, before + MORE].map((verifications) => counted(program, { ...job, warmUp: verifications }));
  return fewer === null || more === null ? null : Math.round((more - fewer) / MORE);
}

function counted(program, job) {
  const args = ["--tool=callgrind", "--callgrind-out-file=/dev/null", program, "count"];
  const { status, stderr } = spawnSync("valgrind", args, { input: JSON.stringify(job), maxBuffer: 1 << 26 });
  const found = status === 0 ? /Collected : (\d+)/.exec(stderr.toString()) : null;
  return found && Number(found[1]);
}
