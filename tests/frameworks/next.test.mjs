// An application of Next.js, built and started: route handlers in Node and in the edge runtime, and the proxy.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";

import { ask } from "./asking.mjs";
import { CASES, GIVEN, GOOD, expected } from "./requests.mjs";

const app = join(import.meta.dirname, "next");
const next = join(import.meta.dirname, "node_modules/next/dist/bin/next");
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", GIVEN: JSON.stringify(GIVEN) };
// Set by the test runner for its own children.
delete env.NODE_TEST_CONTEXT;

let origin;
let server;

before(async () => {
  execFileSync("node", [next, "build"], { cwd: app, env, stdio: ["ignore", "ignore", "inherit"] });
  server = spawn("node", [next, "start", "--port", "0", "--hostname", "127.0.0.1"], { cwd: app, env, stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface(server.stdout)) {
    origin = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(line)?.[0] ?? origin;
    if (line.includes("Ready")) break;
  }
  assert.ok(origin, "the server says where it is");
  server.stdout.resume();
});

after(async () => {
  server?.kill();
  if (server?.exitCode === null) await once(server, "exit");
});

/** Next.js hands on the first of several headers only. */
function asSeen([, headers, answer]) {
  if (!Array.isArray(headers.authorization)) return answer;
  const [first] = headers.authorization;
  return CASES.find(([, { authorization }]) => authorization === first)[2];
}

for (const [where, path, shown] of [
  ["a route handler", "/", false],
  ["a route handler, with reasons", "/shown", true],
  ["a route handler in the edge runtime", "/edge", false],
  ["the proxy", "/proxied", false],
]) {
  describe(where, () => {
    for (const [name, headers, answer, query = "/"] of CASES) {
      test(name, async () => {
        const awaited = await expected(asSeen([name, headers, answer]), shown);
        const found = await ask(origin, { path: path + query.slice(1), headers });
        if (path === "/proxied" && awaited.status === 200) {
          awaited.body = "reached";
        }
        assert.deepEqual(found, awaited);
      });
    }

    test("HEAD is answered without a body", async () => {
      const { status, body } = await ask(origin, { path, method: "HEAD" });
      assert.deepEqual({ status, body }, { status: 401, body: "" });
    });
  });
}

test("a body is left to the handler, whole", async () => {
  const body = "x".repeat(300_000);
  for (const path of ["/", "/edge"]) {
    assert.equal((await ask(origin, { path, method: "POST", headers: { authorization: `Bearer ${GOOD}` }, body })).body.body, body);
  }
});
