// A worker thread of workers.mjs: says when it has its first verdict, and by how much it is slower until it has its tables and is
// compiled; then it verifies as often as it is told, whenever it is told.
import { parentPort, workerData } from "node:worker_threads";

import { createVerifier } from "./ours.mjs";

const { algorithm, issuer, audience, jwk, tokens, verifications } = workerData;
/** Enough for a key to have earned its tables, and then for V8 to have compiled what runs all the time. */
const [UNTIL_PREPARED, WARM_UP] = [40, 2000];

const policy = { audience, trust: [{ issuer }], algorithms: [algorithm] };
const verifier = createVerifier(policy, { keys: { [issuer]: { keys: [jwk] } } });
verify(1);
parentPort.postMessage("first verdict");
const first = verify(UNTIL_PREPARED);
verify(WARM_UP);
parentPort.postMessage({ prepare: first - verify(UNTIL_PREPARED) });
parentPort.on("message", () => {
  verify(verifications);
  parentPort.postMessage("done");
});

/** Verifies so often; answers how many milliseconds it took. */
function verify(times) {
  const start = performance.now();
  for (let done = 0; done < times; done += 1) {
    verifier.verifySync(tokens[done % tokens.length]);
  }
  return performance.now() - start;
}
