// Programs that are run until they end, test runners above all.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const here = import.meta.dirname;

export const VITEST = join(here, "node_modules/.bin/vitest");

export async function run(program, args, env = {}) {
  // Else node:test within node:test reports to the outer one.
  const { NODE_TEST_CONTEXT: _context, ...others } = process.env;
  try {
    return await promisify(execFile)(program, args, { cwd: here, env: { ...others, ...env }, maxBuffer: 1e8 });
  } catch (error) {
    return assert.fail(`${program} ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}
