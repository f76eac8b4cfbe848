// Runs every snippet of the documentation, page by page, as a reader would (tests/readme/reader.mjs says how).
//
// COUNTERSIGN_PAGES, a list with commas, runs some pages alone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { blocks, Reader } from "../readme/reader.mjs";
import { environment, EVIDENCE, installPackages, onFreePorts, pages, prepared, ROOT, textOf } from "./pages.mjs";

installPackages();
const only = process.env.COUNTERSIGN_PAGES?.split(",");

for (const page of pages()) {
  // Their blocks are those of the English page, word for word (twins.test.mjs).
  if (page.startsWith("ja/")) continue;
  if (only !== undefined && !only.includes(page)) continue;
  test(page, { timeout: 120_000 }, (context) => tried(page, context));
}

async function tried(page, context) {
  const found = blocks(await onFreePorts(textOf(page)));
  if (found.length === 0) return;
  if (EVIDENCE.includes(page)) {
    for (const { text } of found) assert.match(text, /^cargo xtask \w+\n$/, "a task that writes this page, and is tested");
    return;
  }
  const { folder, around } = prepared(page);
  const reader = new Reader({ folder, root: ROOT, around, environment: environment(), rustTests: `docs/${page}` });
  try {
    for (const block of found) {
      const name = `line ${block.line}: ${block.how ?? block.language}`;
      await context.test(name, () => reader.perform(block));
    }
    const typed = [...reader.files.keys()].filter((name) => /\.[cm]?tsx?$/.test(name));
    if (typed.length > 0) await context.test("types", () => checkTypes(folder, typed));
  } finally {
    reader.end();
  }
}

function checkTypes(folder, files) {
  const options = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"];
  const modules = ["--module", "nodenext", "--target", "es2023", "--types", "node", "--jsx", "preserve"];
  execFileSync(join(ROOT, "pkg/node_modules/.bin/tsc"), [...options, ...modules, "--skipLibCheck", ...files], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
}

