// A page in Firefox, which posts what it found: its own means, and no driver.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { json } from "node:stream/consumers";

const NAMES = ["firefox", "firefox-esr"];
const TIMEOUT_MS = 120_000;

/** Where Firefox is, if it is installed. */
export function firefox() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** What a page's `globalThis.judge` answers for the cases. `script` defines it. */
export async function judgedInFirefox(program, script, cases) {
  const files = {
    "/": ["text/html", `<!doctype html><meta charset="utf-8"><script src="judge.js"></script><script>${ASK}</script>`],
    "/judge.js": ["text/javascript; charset=utf-8", script],
    "/cases.json": ["application/json", JSON.stringify(cases)],
  };
  const answer = withResolvers();
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      json(request).then(answer.resolve, answer.reject);
      response.end();
      return;
    }
    const [type, text] = files[request.url] ?? [];
    response.writeHead(type === undefined ? 404 : 200, { "content-type": type ?? "text/plain" }).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const profile = mkdtempSync(join(tmpdir(), "countersign-firefox-"));
  writeFileSync(join(profile, "user.js"), QUIET);
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = spawn(program, ["--headless", "--no-remote", "--profile", profile, address], {
    stdio: "ignore",
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
  });
  browser.on("exit", (code) => answer.reject(new Error(`Firefox ended with ${code} before it answered`)));
  browser.on("error", answer.reject);
  const late = setTimeout(() => answer.reject(new Error("Firefox did not answer in time")), TIMEOUT_MS);
  try {
    const { found, failed } = await answer.promise;
    if (failed !== undefined) throw new Error(failed);
    return found;
  } finally {
    clearTimeout(late);
    if (browser.exitCode === null && browser.kill()) await once(browser, "exit");
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The page's own program. */
const ASK = `
  fetch("cases.json")
    .then((response) => response.json())
    .then((cases) => globalThis.judge(cases))
    .then((found) => ({ found }), (error) => ({ failed: String(error) + error.stack }))
    .then((answer) => fetch("/", { method: "POST", body: JSON.stringify(answer) }));`;

/** Firefox asks for nothing but the page. */
const QUIET = [
  ["app.update.enabled", false],
  ["browser.shell.checkDefaultBrowser", false],
  ["browser.startup.homepage_override.mstone", "ignore"],
  ["datareporting.policy.dataSubmissionEnabled", false],
  ["network.captive-portal-service.enabled", false],
  ["network.connectivity-service.enabled", false],
  ["services.settings.server", "data:,none"],
  ["toolkit.telemetry.enabled", false],
]
  .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
  .join("");

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}
