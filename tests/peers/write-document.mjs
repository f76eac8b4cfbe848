// Runs every package, prints the table and writes docs/peers.md.
import { mkdirSync, writeFileSync } from "node:fs";

import { DOCUMENT, documentOf } from "./document.mjs";
import { measure } from "./measure.mjs";
import { PRICE, ROWS } from "./rows/rows.mjs";
import { terminal } from "./table.mjs";

const results = await measure();
console.log(`${terminal(ROWS, "rows", results)}\n\n${terminal(PRICE, "price", results)}`);
mkdirSync(new URL(".", DOCUMENT), { recursive: true });
writeFileSync(DOCUMENT, documentOf(results));
console.log("\nwrote docs/peers.md");
