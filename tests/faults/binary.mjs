// The same faults through the native binary: a process for each token, and no settings.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NOW, policyFor } from "./world.mjs";

const BINARY = process.env.COUNTERSIGN_BINARY;
if (!BINARY) {
  throw new Error("COUNTERSIGN_BINARY must name the countersign binary");
}

/** The verdict of `countersign verify` on a token. */
export async function verdictOfBinary(issuer, token) {
  await turn();
  const folder = mkdtempSync(join(tmpdir(), "countersign-faults-"));
  try {
    const policy = join(folder, "policy.json");
    writeFileSync(policy, JSON.stringify(policyFor([issuer])));
    const { stdout, stderr, code } = await run(["verify", "--policy", policy, "--json", "--at", String(NOW)], token);
    if (![0, 1, 4].includes(code)) {
      throw new Error(`exit code ${code}: ${stderr}`);
    }
    const { accepted, rejection } = JSON.parse(stdout);
    return { verdict: accepted ? "accepted" : `${rejection.code} (${rejection.status})`, code };
  } finally {
    rmSync(folder, { recursive: true });
    free += 1;
    waiting.shift()?.();
  }
}

let free = 8;
const waiting = [];

/** Waits until fewer than so many processes run. */
async function turn() {
  while (free === 0) {
    await new Promise((resolve) => waiting.push(resolve));
  }
  free -= 1;
}

function run(parameters, input) {
  return new Promise((resolve) => {
    const child = execFile(BINARY, parameters, { timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: error === null ? 0 : error.code });
    });
    child.stdin.end(input);
  });
}

/** The exit code that stands for a verdict. */
export function exitCodeOf(verdict) {
  if (verdict === "accepted") {
    return 0;
  }
  return verdict.endsWith("(503)") ? 4 : 1;
}
