// The same requests to servers in other hosts than Node, and the same answers.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { bundled, started } from "../runtimes/bundled.mjs";
import { askedAlike } from "./asked-alike.mjs";
import { GIVEN } from "./requests.mjs";

const here = import.meta.dirname;
const tools = join(here, "../runtimes/node_modules/.bin");

/** Deno, with leave for its own port and for nothing else that matters, or Bun. */
async function startedBy(program, args, app) {
  const env = { ...process.env, GIVEN: JSON.stringify(GIVEN) };
  const server = spawn(join(tools, program), [...args, "host.mjs", app], { cwd: here, env, stdio: ["ignore", "pipe", "ignore"] });
  let origin;
  for await (const line of createInterface(server.stdout)) {
    origin = /listening on (.*)/.exec(line)?.[1];
    if (origin !== undefined) break;
  }
  if (origin === undefined) {
    throw new Error(`${program} ended before it listened`);
  }
  const close = async () => {
    server.kill("SIGKILL");
    await once(server, "close");
  };
  return { origin, close };
}

async function inWorkerd(app) {
  const bindings = { APP: app, GIVEN };
  const miniflare = started(await bundled(join(here, "worker.mjs")), { bindings, compatibilityDate: "2025-10-01" });
  const { origin } = await miniflare.ready;
  return { origin, close: () => miniflare.dispose() };
}

for (const app of ["fetch", "hono"]) {
  const what = app === "hono" ? "Hono" : "a fetch handler";
  askedAlike(`${what} in Deno`, () => startedBy("deno", ["run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1", "--allow-env"], app));
  askedAlike(`${what} in Bun`, () => startedBy("bun", [], app));
  askedAlike(`${what} in workerd`, () => inWorkerd(app));
}
