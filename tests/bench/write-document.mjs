// Writes the figures of docs/speed.json into docs/speed.md, and draws its pictures.
import { readFileSync, writeFileSync } from "node:fs";

import { withFigures } from "./document.mjs";
import { pictures } from "./pictures.mjs";

const docs = new URL("../../docs/", import.meta.url);
const figures = JSON.parse(readFileSync(new URL("speed.json", docs), "utf8"));
const document = new URL("speed.md", docs);
writeFileSync(document, withFigures(readFileSync(document, "utf8"), figures));
for (const [name, picture] of Object.entries(pictures(figures))) {
  writeFileSync(new URL(name, docs), picture);
}
