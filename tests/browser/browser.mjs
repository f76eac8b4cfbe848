// Chromium, from wherever there is one.
import { existsSync } from "node:fs";

import chromiumFromNpm from "@sparticuz/chromium";
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
  return chromium.launch({ executablePath: await executable(), args: ARGUMENTS, headless: true });
}

async function executable() {
  const named = process.env.COUNTERSIGN_CHROMIUM;
  if (named) return named;
  try {
    return await chromiumFromNpm.executablePath();
  } catch (error) {
    const found = INSTALLED.find((path) => existsSync(path));
    if (found) return found;
    throw error;
  }
}
