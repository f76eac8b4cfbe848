// The built page and a local issuer, served by the command line as users have it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const cli = process.env.COUNTERSIGN_CLI;
const dist = process.env.COUNTERSIGN_DIST;
assert.ok(cli && dist, "COUNTERSIGN_CLI and COUNTERSIGN_DIST are not set: run `cargo xtask test`");

/** Starts a local issuer; `stop()` ends it. */
export const startIssuer = () => start(["issuer", "--listen", "127.0.0.1:0"]);

/** Serves the page, next to an issuer if there is one; `stop()` ends it. */
export const startPage = (issuer) =>
  start(["page", "--listen", "127.0.0.1:0", "--dir", dist, ...(issuer ? ["--issuer", issuer.url] : [])]);

async function start(parameters) {
  const child = spawn(cli, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise((resolve, reject) => {
    lines.once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${parameters.join(" ")} ended with ${code}`)));
  });
  const url = /^listening on (\S+?)\/?$/.exec(first)?.[1];
  assert.ok(url, `${parameters[0]} said ${first}`);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return {
    url,
    stop: () => {
      child.kill();
      return ended;
    },
  };
}
