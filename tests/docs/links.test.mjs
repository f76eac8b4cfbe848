// Follows every link of the built site: pages, anchors and files must be there. What is elsewhere is not asked; it must
// have the form of an https address. Nothing may be loaded from elsewhere.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";

import { pages, textOf } from "./pages.mjs";

const site = process.env.COUNTERSIGN_SITE;
assert.ok(site, "COUNTERSIGN_SITE is not set: run `cargo xtask docs --test`");

const files = readdirSync(site, { recursive: true }).map(String);
const documents = new Map(
  files.filter((file) => file.endsWith(".html")).map((file) => [file, readFileSync(join(site, file), "utf8")]),
);
const attributes = (html, name) => [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value]) => value);
const anchors = new Map([...documents].map(([file, html]) => [file, new Set(attributes(html, "id"))]));

test("every page is on the site", () => {
  for (const page of pages()) assert.ok(documents.has(page.replace(/\.md$/, ".html")), page);
});

test("every link leads somewhere", () => {
  const faults = [];
  let followed = 0;
  for (const [file, html] of documents) {
    for (const href of attributes(html, "(?:href|src)")) {
      followed += 1;
      const fault = faultOf(href.replaceAll("&amp;", "&"), file);
      if (fault !== undefined) faults.push(`${file}: ${href}: ${fault}`);
    }
  }
  assert.deepEqual(faults, []);
  assert.ok(followed > 500, `${followed} links: is the pattern still right?`);
});

function faultOf(href, file) {
  if (/^https?:/.test(href)) return /^https:\/\/[a-z0-9.-]+\.[a-z]{2,}(?:[/?#]\S*)?$/.test(href) ? undefined : "no https address";
  if (/^(?:mailto|data):/.test(href)) return undefined;
  const [, path, , anchor] = /^([^#?]*)(\?[^#]*)?(?:#(.*))?$/.exec(href);
  const target = path === "" ? file : posix.join(path.startsWith("/") ? "" : posix.dirname(file), path.replace(/^\//, ""));
  const found = [target, `${target}.html`, posix.join(target, "index.html")].find((name) => files.includes(name) && /\.\w+$/.test(name));
  if (found === undefined) return "there is no such file";
  if (anchor && found.endsWith(".html") && !anchors.get(found).has(decodeURIComponent(anchor))) return "there is no such anchor";
  return undefined;
}

test("nothing is loaded from elsewhere, and nobody is told who reads", () => {
  for (const [file, html] of documents) {
    for (const tag of html.match(/<(?:script|link|img|iframe|source|video)\b[^>]*>/g) ?? []) {
      assert.doesNotMatch(tag, /(?:src|href)="(?:https?:)?\/\//, file);
    }
  }
  for (const file of files.filter((file) => /\.(?:css|svg)$/.test(file))) {
    const text = readFileSync(join(site, file), "utf8").replace(/xmlns(?::\w+)?="[^"]*"/g, "");
    assert.doesNotMatch(text, /url\(["']?(?:https?:)?\/\/|@import/, file);
  }
});

test("each example is named", () => {
  const page = textOf("examples.md");
  for (const name of readdirSync(join(import.meta.dirname, "../../examples"))) assert.ok(page.includes(`\`${name}\``), name);
});

test("each code has an address", () => {
  const codes = readFileSync(join(import.meta.dirname, "../../pkg/src/generated/codes.ts"), "utf8");
  const names = [...codes.matchAll(/\| "([a-z_]+\.[a-z_.]+)"/g)].map(([, code]) => code);
  assert.ok(names.length > 70, `${names.length} codes`);
  const errors = readFileSync(join(import.meta.dirname, "../../pkg/src/errors.ts"), "utf8");
  names.push(...new Set([...errors.matchAll(/"(credentials\.\w+)"/g)].map(([, code]) => code)));
  for (const code of names) assert.ok(anchors.get("error-codes.html").has(code), code);
});

assert.ok(existsSync(join(site, "index.html")), "the site is built");
