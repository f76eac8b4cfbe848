// run.mjs NAME [--once]: an example next to a local issuer, with calls to try, until it is interrupted; with
// --once the calls are made here, and it fails unless each is answered as it must be.
//
// Needs COUNTERSIGN_CLI, and the example as `cargo xtask example` installs it.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { callsTo, check, PASTED, perform } from "./calls.mjs";
import { folderOf, freePort, startCaller, startService } from "./example.mjs";
import { mintTokens, startIssuer } from "./issuer.mjs";
import { EXAMPLES } from "./list.mjs";

const [name, flag] = process.argv.slice(2);
const isOnce = flag === "--once";
const example = EXAMPLES[name];
assert.ok(example, `${name} is not in xtask/examples/list.mjs`);
/** Anything that is up, to be ended in the opposite order. */
const up = [];
let isInterrupted = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    isInterrupted = true;
    end().finally(() => process.exit());
  });
}

try {
  const issuer = kept(await startIssuer());
  heading(`the local issuer, in place of AWS: ${issuer.url}`);
  await { service: serve, caller: call, page: show }[example.kind](issuer);
  const ended = isOnce ? await end() : [];
  assert.ok(ended.every(isClean), `something did not end cleanly: ${JSON.stringify(ended)}`);
} catch (error) {
  await end();
  throw error;
}

async function serve(issuer) {
  const service = kept(await startService(name, issuer, { port: await port(), show: !isOnce }));
  heading(`examples/${name}: ${service.url}`);
  const files = await writeTokens(issuer);
  for (const each of callsTo(example.trusts)) {
    console.log(`\n# ${each.title}: ${each.status}`);
    const header = each.token ? ` -H "Authorization: Bearer $(cat ${files.path(each.token)})"` : "";
    console.log(`curl -i ${service.whoami}${header}`);
    if (!isOnce) continue;
    const answer = await perform(each, service.whoami, files.tokens);
    console.log(`> ${answer.status} ${answer.challenge ?? answer.text.trim()}`);
    check(each, answer, example.challenge);
  }
  if (!isOnce) console.log("\nThe tokens are made anew every half hour. Ctrl-C ends all.\n");
}

async function call(issuer) {
  const service = kept(await startService("express", issuer, { port: await port() }));
  heading(`the service that is called, examples/express: ${service.url}`);
  heading(`examples/${name}`);
  const env = isOnce ? {} : { EVERY_SECONDS: "5" };
  const caller = startCaller(name, issuer, service.whoami, { show: true, env });
  if (!isOnce) {
    kept(caller);
    console.log("It calls every five seconds. Ctrl-C ends all.\n");
  }
  const { code, signal } = await caller.ended;
  if (isInterrupted) return;
  assert.equal(code ?? signal, 0, `examples/${name} ended with ${code ?? signal}`);
}

async function show(issuer) {
  const page = kept(await startService(name, issuer, { port: await port() }));
  heading(`examples/${name}: ${page.url}/`);
  const files = await writeTokens(issuer);
  const tab = isOnce ? kept(await openTab(`${page.url}/`)) : undefined;
  for (const { title, token, code } of PASTED) {
    console.log(`\n# ${title}: ${code}`);
    console.log(`cat ${files.path(token)}   # to paste`);
    if (!isOnce) continue;
    const said = await tab.judge(files.tokens[token]);
    console.log(`> ${said.code} ${said.text}`);
    assert.equal(said.code, code);
  }
  if (!isOnce) console.log("\nThe tokens are made anew every half hour. Ctrl-C ends all.\n");
  else assert.deepEqual(tab.elsewhere(issuer.url), [], "the page asked others than itself and the issuer");
}

/** Only when it is needed: a browser takes a while to install. */
async function openTab(url) {
  return (await import("./tab.mjs")).openTab(url);
}

/** Saves tokens as files, so that the commands to try can be read; anew before they expire. */
async function writeTokens(issuer) {
  const folder = join(folderOf(name), "../tokens", name);
  const path = (token) => join(folder, `${token}.jwt`);
  mkdirSync(folder, { recursive: true });
  const write = async () => {
    const tokens = await mintTokens(issuer.url);
    for (const [token, text] of Object.entries(tokens)) writeFileSync(path(token), text, { mode: 0o600 });
    return tokens;
  };
  setInterval(write, 1_800_000).unref();
  return { tokens: await write(), path: (token) => relative(process.cwd(), path(token)) };
}

function port() {
  return freePort(isOnce ? 0 : 8080);
}

function kept(program) {
  up.push(program);
  return program;
}

async function end() {
  const all = [];
  while (up.length > 0) all.push(await up.pop().stop());
  return all;
}

/** Whether a program ended by itself when it was asked to: with success, or by the signal. */
function isClean({ code, signal, forced }) {
  return !forced && (code === 0 || code === 143 || signal === "SIGTERM");
}

function heading(text) {
  console.log(`\n━━ ${text}`);
}
