import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { withFigures } from "./document.mjs";
import { pictures } from "./pictures.mjs";
import { digits } from "./tables.mjs";
import { targets } from "./targets.mjs";

const docs = new URL("../../docs/", import.meta.url);
const document = readFileSync(new URL("speed.md", docs), "utf8");
const figures = JSON.parse(readFileSync(new URL("speed.json", docs), "utf8"));
const REWRITE = "figures are measured, not edited: run cargo xtask bench --write";

test("docs/speed.md says what docs/speed.json says", () => {
  assert.equal(document, withFigures(document, figures), REWRITE);
});

test("the pictures are those of the figures, and all are shown", () => {
  const drawn = pictures(figures);
  for (const [name, picture] of Object.entries(drawn)) {
    assert.equal(readFileSync(new URL(name, docs), "utf8"), picture, `docs/${name}: ${REWRITE}`);
    assert.ok(document.includes(`](${name})`), `docs/speed.md does not show ${name}`);
  }
  const there = readdirSync(docs).filter((name) => /^speed-.*\.svg$/.test(name));
  assert.deepEqual(there.sort(), Object.keys(drawn).sort());
});

test("a figure that is edited by hand is noticed", () => {
  const value = targets(figures).find(({ what }) => what.startsWith("ES384 in wasm")).value.toFixed(2);
  const edited = document.replace(`| ${value} |`, "| 99.00 |");
  assert.notEqual(edited, document);
  assert.notEqual(withFigures(edited, figures), edited);
});

test("a document without a place for the figures is refused", () => {
  assert.throws(() => withFigures(document.replace("<!-- figures: growth -->", ""), figures), /no place for the figures of growth/);
});

test("pictures stay whole whatever is measured: names are escaped, and differences below nothing drawn at the edge", () => {
  const changed = structuredClone(figures);
  changed.signatures.ES384 = { "<&>": { median: 1, low: 1, high: 1 } };
  changed.growth = { withoutSignature: true, curves: structuredClone(figures.growth.curves) };
  changed.growth.curves.issuers[0].beyond = { median: -1, low: -2, high: 0 };
  const drawn = pictures(changed);
  assert.ok(drawn["speed-signatures.svg"].includes("&lt;&amp;&gt;"));
  for (const picture of Object.values(drawn)) {
    assert.doesNotMatch(picture, /NaN|Infinity|undefined/);
    assert.match(picture, /<title id="title">[^<]+<\/title>\n<desc id="description">[^<]+<\/desc>/);
  }
});

test("three digits, and never an exponent", () => {
  const said = [0.1234, 9.876, 45.67, 456.7, 4567.8, 1_234_567].map(digits);
  assert.deepEqual(said, ["0.12", "9.88", "45.7", "457", "4,568", "1,234,567"]);
});
