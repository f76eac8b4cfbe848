// judge.mjs ENTRY CASES.json OUT.json: the vectors by one entry of the installed package, in this process.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { verdicts } from "./verdicts.mjs";

const [, , entry, cases, out] = process.argv;
const require = createRequire(import.meta.url);
const [name, how] = entry.split(" ");
const countersign = how === "required" ? require(name) : await import(name);
countersign.provideModule?.(readFileSync(require.resolve("countersign/core.wasm")));
writeFileSync(out, JSON.stringify(verdicts(countersign, JSON.parse(readFileSync(cases, "utf8")))));
