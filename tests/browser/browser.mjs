// Chromium, from wherever there is one.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import chromiumFromNpm, { inflate } from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

// A browser that talks to nobody of its own accord: every request that is seen is the page's.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless browser: the one that COUNTERSIGN_CHROMIUM names, else npm's, else an installed one. */
export async function launch() {
  const named = process.env.COUNTERSIGN_CHROMIUM;
  if (named) return start(named);
  try {
    return await startFromNpm();
  } catch (error) {
    const found = INSTALLED.find((path) => existsSync(path));
    if (found) return start(found);
    throw error;
  }
}

const start = (executablePath, env = {}) =>
  chromium.launch({ executablePath, args: ARGUMENTS, headless: true, env: { ...process.env, ...env } });

async function startFromNpm() {
  const folder = await unpacked();
  const executable = join(folder, "chromium");
  try {
    return await start(executable);
  } catch (error) {
    // A slim container has no NSS. The package brings it along, for Amazon Linux; it serves elsewhere too.
    if (!/shared libraries/.test(error.message)) throw error;
    return start(executable, { LD_LIBRARY_PATH: join(folder, "al2023", "lib") });
  }
}

/** The folder into which npm's Chromium is unpacked: its own for each version, and whole or not there. */
async function unpacked() {
  const home = dirname(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const cache = join(dirname(fileURLToPath(import.meta.url)), "node_modules", ".cache");
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(join(cache, "part-"));
  try {
    await unpack(join(home, "bin"), part);
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    // Another process may have been quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function unpack(archives, folder) {
  // The package unpacks into the temporary folder: left alone, a path that anyone on the machine may write to.
  const former = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await chromiumFromNpm.executablePath(archives);
    await inflate(join(archives, "al2023.tar.br"));
  } finally {
    if (former === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = former;
  }
}
