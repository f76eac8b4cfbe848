// What the examples write in TypeScript fits the types of the packed package. Next.js checks its own while it builds.
import { join } from "node:path";
import { test } from "node:test";

import { environment, folderOf } from "../../xtask/examples/example.mjs";
import { run } from "../../xtask/examples/processes.mjs";

const TSC = join(import.meta.dirname, "../../pkg/node_modules/.bin/tsc");

for (const [name, command] of [
  ["hono-workers", [TSC, "--project", "."]],
  ["deno", ["deno", "check", "--node-modules-dir=manual", "server.ts"]],
]) {
  test(`types in ${name}`, () => run(command, { cwd: folderOf(name), env: environment({}) }));
}
