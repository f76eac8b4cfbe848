// The Japanese pages say the same as the English ones: the same sections in the same order, with the same code.
import assert from "node:assert/strict";
import { test } from "node:test";

import { blocks } from "../readme/reader.mjs";
import { pages, textOf } from "./pages.mjs";

/** Pages that are short, and say in each language what there is in it. */
const OWN = ["ja/index.md"];

for (const page of pages().filter((page) => page.startsWith("ja/") && !OWN.includes(page))) {
  const twin = page.slice("ja/".length);
  test(`${page} is ${twin} in Japanese`, () => {
    assert.deepEqual(outline(textOf(page)), outline(textOf(twin)));
  });
}

/** Headings by level and anchor, and blocks as they are, in order. */
function outline(markdown) {
  const prose = markdown.replace(/^```[^]*?^```$/gm, "");
  const headings = [...prose.matchAll(/^(#+) .*?(?:\{#([\w-]+)\})?$/gm)].map(([, level, anchor]) => `${level} ${anchor ?? ""}`);
  assert.ok(headings.length > 5, "there are headings");
  return { headings, blocks: blocks(markdown).map(({ how, language, text }) => ({ how, language, text })) };
}

test("no Japanese page lacks its English twin, and no paragraph was left in English", () => {
  for (const page of pages().filter((page) => page.startsWith("ja/"))) {
    const prose = textOf(page).replace(/^---[^]*?^---$/m, "").replace(/^```[^]*?^```$/gm, "").replace(/<!--[^]*?-->/g, "").replace(/`[^`]*`/g, "");
    for (const line of prose.split("\n")) assert.doesNotMatch(line, /\b[a-z]+(?:[ ,]+[a-z]+){3,}/, page);
  }
});
