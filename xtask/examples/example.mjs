// An example as it was installed in `target/examples`, started next to a local issuer.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";

import { AUDIENCE, BATCH, ORGANIZATION } from "./issuer.mjs";
import { EXAMPLES } from "./list.mjs";
import { run, start } from "./processes.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const TOOLS = join(ROOT, "tests/runtimes/node_modules");
/** How long a service may take until it answers, in milliseconds. */
const START = 60_000;

/** Where an example was installed. */
export const folderOf = (name) => join(ROOT, "target/examples", name);

/** Starts a service on this port, or on any that is free, and waits until it answers; `stop()` ends it. */
export async function startService(name, issuer, { port, show } = {}) {
  const example = EXAMPLES[name];
  port ??= await freePort();
  const options = {
    cwd: folderOf(name),
    show,
    env: {
      ...environment(example),
      PORT: String(port),
      AUDIENCE,
      ORGANIZATION,
      ISSUER: issuer.issuerOfBatch,
      DANGER_LOOPBACK_ISSUERS: issuer.url,
    },
  };
  for (const command of example.build ?? []) await run(command, options);
  const program = start(commandOf(example, options.env), options);
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(url + (example.health ?? "/health"), program);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { ...program, url, whoami: url + (example.whoami ?? "/whoami") };
}

/** The command that starts an example in this environment. */
export const commandOf = ({ start }, env) => (typeof start === "function" ? start(env) : start);

/** Starts a caller of this service, with credentials of a role at the local issuer; `more` is for its environment. */
export function startCaller(name, issuer, service, { show, env: more } = {}) {
  const example = EXAMPLES[name];
  return start(example.start, {
    cwd: folderOf(name),
    show,
    env: {
      ...environment(example),
      AUDIENCE,
      SERVICE_URL: service,
      AWS_ENDPOINT_URL_STS: issuer.url,
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: BATCH,
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      ...more,
    },
  });
}

/** The environment with the tools that examples are run by: the AWS CLI of the tests, and hosts that are not here. */
export function environment({ node = 0 }) {
  const here = Number(process.versions.node.split(".")[0]) >= node;
  const path = [
    join(ROOT, "target/venv/bin"),
    ...(here ? [] : [join(TOOLS, "node22/bin")]),
    process.env.PATH,
    join(TOOLS, ".bin"),
  ];
  const { AWS_PROFILE, AWS_SESSION_TOKEN, NODE_TEST_CONTEXT, ...env } = process.env;
  // Tools that would tell their makers how they are used.
  const quiet = { DO_NOT_TRACK: "1", NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false", DENO_NO_UPDATE_CHECK: "1" };
  quiet.WRANGLER_LOG_PATH = ".wrangler/logs";
  return { ...env, ...quiet, PATH: path.join(delimiter) };
}

async function answers(url, program) {
  const end = Date.now() + START;
  const early = program.ended.then(({ code, signal }) => `it ended with ${code ?? signal}`);
  while (true) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return;
    const fault = await Promise.race([early, setTimeout(100)]);
    assert.ok(fault === undefined && Date.now() < end, `${fault ?? `no answer at ${url}`}:\n${program.output()}`);
  }
}

/** This port, or the next one that is free; without one, any. */
export async function freePort(wanted = 0) {
  for (let port = wanted; port <= wanted + 50; port += 1) {
    const server = createServer().listen(port, "127.0.0.1");
    const taken = await Promise.race([once(server, "listening").then(() => false), once(server, "error").then(() => true)]);
    if (taken) continue;
    const { port: free } = server.address();
    server.close();
    await once(server, "close");
    return free;
  }
  throw new Error(`no port is free from ${wanted} on`);
}
