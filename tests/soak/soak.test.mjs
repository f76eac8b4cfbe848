// The soak fails when it should: with a verifier that leaks, refuses, accepts, or leaves a rejection unhandled.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { SABOTAGES } from "./sabotage.mjs";

const SOAK = fileURLToPath(new URL("./soak.mjs", import.meta.url));

/** On a busy machine four seconds are all warm-up, in which memory grows: it counts where it is what breaks. */
const MEMORY = "memory is flat";

describe("a verifier that is broken on purpose is found out", { concurrency: true }, () => {
  for (const [sabotage, { breaks }] of Object.entries(SABOTAGES)) {
    test(`${sabotage}: ${breaks}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "countersign-soak-"));
      try {
        const output = join(folder, "soak.json");
        const code = await exitCode(["--expose-gc", SOAK, "--seconds", "4", "--sabotage", sabotage, "--output", output]);
        assert.equal(code, 1, "the soak passed");
        const found = Object.keys(JSON.parse(readFileSync(output, "utf8")).violations);
        assert.deepEqual(found.filter((one) => one === breaks || one !== MEMORY), [breaks]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

function exitCode(parameters) {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { timeout: 60_000 }, (error) => resolve(error === null ? 0 : error.code));
  });
}
