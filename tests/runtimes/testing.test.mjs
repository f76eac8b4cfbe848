// `countersign/testing` of the packed package on other hosts than Node, and through a bundler.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";

import { bundled, started } from "./bundled.mjs";
import { installed } from "./sample.mjs";

const folder = join(installed, "testing");
mkdirSync(folder, { recursive: true });
const tools = join(import.meta.dirname, "node_modules/.bin");

/** What the issuer mints by a seed, and what a verifier makes of all that it can mint. */
const JUDGED = `async function judged() {
  const issuer = testing.createTestIssuer({ seed: "runtimes", now: 1776757030, rsa: true });
  const policy = { audience: "https://api.example.com", trust: [{ organization: "o-abc1234567" }] };
  const verifier = createVerifier(policy, { fetch: issuer.fetch, now: issuer.now });
  const verdict = (token) => verifier.verify(token).then((identity) => identity.principal.arn, (error) => error.code ?? String(error));
  const tokens = [await issuer.token(), await issuer.token({ algorithm: "RS256" })];
  const codes = [];
  for (const bad of Object.keys(testing.BAD_TOKENS)) codes.push(await verdict(await issuer.badToken(bad)));
  const fresh = testing.createTestIssuer({ rsa: true });
  const random = (await fresh.token({ algorithm: "RS256" })).split(".").length;
  const refused = await issuer.token({ durationSeconds: 59 }).catch((error) => error.code);
  return { tokens, verdicts: await Promise.all(tokens.map(verdict)), codes, random, refused };
}`;
const IMPORTS = 'import { createVerifier } from "countersign"; import * as testing from "countersign/testing";';
const PRINTED = `${JUDGED} judged().then((all) => console.log(JSON.stringify(all)));`;

const run = (program, args, file) => JSON.parse(execFileSync(program, [...args, file], { cwd: installed, encoding: "utf8" }));

function written(name, source) {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

const inNode = run("node", [], written("node.mjs", IMPORTS + PRINTED));

test("Node: every bad token is refused with its own code", async () => {
  const { BAD_TOKENS } = await import(join(installed, "node_modules/countersign/dist/esm/testing.js"));
  assert.deepEqual(inNode.codes, Object.values(BAD_TOKENS));
  assert.deepEqual(inNode.verdicts, Array(2).fill("arn:aws:iam::123456789012:role/service/test"));
  assert.deepEqual([inNode.random, inNode.refused], [3, "ValidationError"]);
});

const REQUIRES = 'const { createVerifier } = require("countersign"), testing = require("countersign/testing");';

const OTHER_NODES =
  process.platform === "linux" && process.arch === "x64"
    ? ["22", "24"].map((version) => [`Node ${version}`, join(import.meta.dirname, `node_modules/node${version}/bin/node`), [], IMPORTS])
    : [];

for (const [name, program, args, source] of [
  ["Node, CommonJS", "node", [], REQUIRES],
  ...OTHER_NODES,
  ["Bun", join(tools, "bun"), [], IMPORTS],
  ["Bun, CommonJS", join(tools, "bun"), [], REQUIRES],
  // With leave for nothing at all: not even to read files.
  ["Deno", join(tools, "deno"), ["run", "--no-prompt", "--cached-only"], IMPORTS],
]) {
  test(`${name}: the same tokens and verdicts`, () => {
    const extension = source === REQUIRES ? "cjs" : "mjs";
    assert.deepEqual(run(program, args, written(`${name.toLowerCase().replace(/\W+/g, "-")}.${extension}`, source + PRINTED)), inNode);
  });
}

test("workerd: the same tokens and verdicts, and no server", async (t) => {
  const source = `${IMPORTS} ${JUDGED}
    export default { async fetch() {
      const refused = await testing.createTestIssuer().listen().catch((error) => error.message);
      return Response.json({ all: await judged(), refused });
    } };`;
  const miniflare = started(await bundled(written("worker.js", source)), { compatibilityDate: "2025-10-01" });
  t.after(() => miniflare.dispose());
  const { all, refused } = await (await miniflare.dispatchFetch("http://worker.example/")).json();
  assert.deepEqual(all, inNode);
  assert.match(refused, /There is no `node:http` to listen with/);
});

test("bundled for browsers: the module is inside, and nothing of Node's is imported", async () => {
  const outfile = join(folder, "browser.mjs");
  const entry = written("browser-entry.mjs", IMPORTS + PRINTED);
  await build({ entryPoints: [entry], bundle: true, outfile, format: "esm", platform: "browser" });
  assert.doesNotMatch(readFileSync(outfile, "utf8"), /(from|import|require\()\s*"node:/);
  assert.deepEqual(run(join(tools, "deno"), ["run", "--no-prompt", "--cached-only"], outfile), inNode);
});

for (const [host, program, args] of [
  ["Bun", join(tools, "bun"), []],
  ["Deno", join(tools, "deno"), ["run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1"]],
]) {
  test(`${host} listens too`, () => {
    const source = `import { createTestIssuer } from "countersign/testing";
      const issuer = createTestIssuer({ issuerForm: "loopback" });
      const server = await issuer.listen();
      const { status } = await fetch(issuer.url + "/.well-known/jwks.json");
      const post = await fetch(server.url, { method: "POST", body: "Action=GetCallerIdentity&Version=2011-06-15" });
      await issuer.close();
      console.log(JSON.stringify([status, post.status, (await post.text()).includes("MissingAuthenticationToken")]));`;
    assert.deepEqual(run(program, args, written(`listen-${host.toLowerCase()}.mjs`, source)), [200, 403, true]);
  });
}
