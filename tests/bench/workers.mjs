// Worker threads in Node: each has WebAssembly memory of its own, and so tables of its own. What that costs a worker
// once, and what two of them get done.
import { Worker } from "node:worker_threads";

import { summary } from "./summary.mjs";
import { AUDIENCE, ISSUER, sample } from "./tokens.mjs";

const ALGORITHM = "ES384";
const script = new URL("worker.mjs", import.meta.url);

/** By number of workers: verifications per second of all together; and what a worker takes to get going. */
export async function measure({ rounds, verifications }) {
  const { jwk, tokens } = sample(ALGORITHM, 200);
  const workerData = { algorithm: ALGORITHM, issuer: ISSUER, audience: AUDIENCE, jwk, tokens, verifications };
  const perSecond = { 1: [], 2: [] };
  const [begin, prepare] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const count of [1, 2]) {
      const workers = Array.from({ length: count }, () => started(workerData));
      const ready = await Promise.all(workers.map(({ ready }) => ready));
      begin.push(...ready.map(({ begin }) => begin));
      prepare.push(...ready.map(({ prepare }) => prepare));
      const start = performance.now();
      await Promise.all(workers.map(({ run }) => run()));
      perSecond[count].push((count * verifications * 1000) / (performance.now() - start));
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    }
  }
  return {
    begin: summary(begin),
    prepare: summary(prepare),
    throughput: Object.entries(perSecond).map(([workers, times]) => ({ workers: Number(workers), perSecond: summary(times) })),
  };
}

function started(workerData) {
  const start = performance.now();
  const worker = new Worker(script, { workerData });
  const next = () => new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  const ready = next().then(async () => {
    const begin = performance.now() - start;
    const { prepare } = await next();
    return { begin, prepare };
  });
  const run = () => {
    const done = next();
    worker.postMessage("go");
    return done;
  };
  return { worker, ready, run };
}
