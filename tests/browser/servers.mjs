// The built page and a local issuer, served by the command line as users have it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

const cli = process.env.COUNTERSIGN_CLI;
const dist = process.env.COUNTERSIGN_DIST;
assert.ok(cli && dist, "COUNTERSIGN_CLI and COUNTERSIGN_DIST are not set: run `cargo xtask test`");

/** Starts a local issuer; `stop()` ends it. */
export const startIssuer = () => start(["issuer", "--listen", "127.0.0.1:0"]);

/** Serves the page, next to an issuer if there is one; `stop()` ends it. */
export const startPage = (issuer) =>
  start(["page", "--listen", "127.0.0.1:0", "--dir", dist, ...(issuer ? ["--issuer", issuer.url] : [])]);

/**
 * Runs `countersign inspect --web`, which serves the page that is inside it. In place of a browser it starts a
 * script that writes down the address: `opened()` waits for it. `stop()` interrupts it.
 */
export async function startInspect(token) {
  const folder = mkdtempSync(join(tmpdir(), "countersign-browser-"));
  const note = join(folder, "opened");
  const script = `#!/bin/sh\nprintf %s "$1" > '${note}.part' && mv '${note}.part' '${note}'\n`;
  writeFileSync(join(folder, "xdg-open"), script, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const server = await start(["inspect", "--web", token], env);
  return {
    ...server,
    opened: async () => {
      const end = Date.now() + 20_000;
      while (!existsSync(note)) {
        assert.ok(Date.now() < end, "no browser was started");
        await setTimeout(20);
      }
      return readFileSync(note, "utf8");
    },
    stop: () => server.stop("SIGINT").finally(() => rmSync(folder, { recursive: true })),
  };
}

async function start(parameters, env = process.env) {
  const child = spawn(cli, parameters, { env, stdio: ["ignore", "pipe", "inherit"] });
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
    /** Ends it; resolves to its exit code. */
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
