// The pages of the site, and where what stands in them is tried.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, delimiter, dirname, join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");
export const DOCS = join(ROOT, "docs");
export const TRIED = join(ROOT, "target/docs");

/** Written by tests, which compare them: their blocks are commands that print what stands there. */
export const EVIDENCE = ["faults.md", "peers.md", "speed.md"];

/** All pages, by their path in docs/. */
export function pages() {
  const found = readdirSync(DOCS, { recursive: true })
    .filter((path) => path.endsWith(".md") && !/node_modules|\.vitepress/.test(path))
    .sort();
  assert.ok(found.includes("getting-started.md"), "these are no pages");
  return found;
}

/** Where the packages are that pages use besides this one. Of two versions the first one's is used. */
const PACKAGES = ["tests/docs", "tests/frameworks"];

export const textOf = (page) => readFileSync(join(DOCS, page), "utf8");

/** A folder beside the clone, as a reader has one. */
export function prepared(page) {
  const home = join(TRIED, page.replace(/\.md$/, "").replaceAll("/", "-"));
  rmSync(home, { recursive: true, force: true });
  const folder = join(home, "service");
  mkdirSync(folder, { recursive: true });
  symlinkSync(ROOT, join(home, "countersign"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return { folder, around: home };
}

/** The packed package and what pages use besides, where every page's folder finds them. */
export function installPackages() {
  const to = join(TRIED, "node_modules");
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  // Copied, so that it finds what its users have, as it does where they install it.
  cpSync(join(process.env.COUNTERSIGN_TARBALL_DIR, "node_modules/countersign"), join(to, "countersign"), { recursive: true });
  symlinkSync(join(import.meta.dirname, "node_modules/.bin"), join(to, ".bin"));
  for (const folder of PACKAGES) {
    const others = join(ROOT, folder, "node_modules");
    for (const name of readdirSync(others)) linkPackage(join(others, name), join(to, name));
  }
}

function linkPackage(from, to) {
  const name = basename(from);
  if (name === "countersign" || name.startsWith(".")) return;
  if (name.startsWith("@")) {
    for (const its of readdirSync(from)) linkPackage(join(from, its), join(to, its));
  } else if (!existsSync(to)) {
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to);
  }
}

/** What is on the path of a reader who has followed the page. */
export function environment() {
  const bin = (folder) => join(ROOT, folder, "node_modules/.bin");
  const path = [dirname(process.env.COUNTERSIGN_CLI), bin("tests/docs"), process.env.PATH, bin("tests/runtimes")];
  // A test runner within a test runner would run nothing.
  const { AWS_PROFILE, NODE_TEST_CONTEXT, ...rest } = process.env;
  return { ...rest, NODE_NO_WARNINGS: "1", PATH: path.filter(Boolean).join(delimiter), COUNTERSIGN_DOCS: import.meta.dirname };
}

/** The text with ports that are free in place of those that pages name, so that nothing else is in the way. */
export async function onFreePorts(text) {
  const ports = [...new Set(text.match(/\b84[5-9]\d\b/g) ?? [])];
  const servers = await Promise.all(ports.map(() => listening()));
  const free = new Map(ports.map((port, at) => [port, String(servers[at].address().port)]));
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return text.replace(/\b84[5-9]\d\b/g, (port) => free.get(port));
}

function listening() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

