// Every line with every contender, each contender in a process of its own.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const OURS = "countersign";
const PEERS = ["aws-jwt-verify", "jose", "fast-jwt", "jsonwebtoken", "hono"];
/** Far more than it takes. The clock inside stands still, so nothing inside would end a wait. */
const PATIENCE_MS = 300_000;

/** What each contender did: ours first, then the peers. */
export async function measure() {
  const waiting = [OURS, ...PEERS].map((name, at) => ({ name, at }));
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next.at] = await run(next.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  const [ours, ...peers] = results;
  return { ours, peers };
}

async function run(name) {
  const child = spawn(process.execPath, ["--no-warnings", "run-contender.mjs", name], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: PATIENCE_MS,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const end = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code, signal) => resolve(signal ?? code));
  });
  if (end !== 0) {
    throw new Error(`${name} ended with ${end}`);
  }
  return JSON.parse(output);
}
