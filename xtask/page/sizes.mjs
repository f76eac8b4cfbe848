// What the page weighs. As a program, `sizes.mjs FOLDER` fails when the first load is over its budget.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/** Bytes of WebAssembly, scripts and styles, brotli: what a visitor waits for. */
export const BUDGET = 450_000;

/** The files of a built page, each with its sizes in bytes; none where a form was not made. */
export function sizes(folder) {
  return readdirSync(folder)
    .filter((name) => !/\.(gz|br)$/.test(name) && name !== "_headers")
    .sort()
    .map((name) => {
      const [raw, gzip, brotli] = ["", ".gz", ".br"].map((ending) => size(join(folder, name + ending)));
      return { name, raw, gzip, brotli };
    });
}

/** Bytes of the first load, brotli; undefined for a page that was built without compressing it. */
export function firstLoad(folder) {
  const shell = readFileSync(join(folder, "index.html"), "utf8");
  const needed = sizes(folder).filter(({ name }) => /\.(wasm|js|css)$/.test(name) && shell.includes(`"./${name}"`));
  return needed.every(({ brotli }) => brotli) && needed.length > 0
    ? needed.reduce((total, { brotli }) => total + brotli, 0)
    : undefined;
}

/** Prints every size, and the first load beside its budget. */
export function printSizes(folder) {
  const cells = sizes(folder).map(({ name, raw, gzip, brotli }) => [name, kb(raw), kb(gzip), kb(brotli)]);
  for (const [name, ...figures] of [["", "raw", "gzip", "brotli"], ...cells]) {
    console.log(name.padEnd(28) + figures.map((figure) => figure.padStart(12)).join(""));
  }
  const total = firstLoad(folder);
  if (total !== undefined) {
    console.log(`first load (wasm, js, css): ${kb(total)} brotli, of ${kb(BUDGET)} at most`);
  }
}

function size(path) {
  return existsSync(path) ? statSync(path).size : undefined;
}

/** Kilobytes of 1,000 bytes. */
export function kb(bytes) {
  return bytes === undefined ? "" : `${(bytes / 1000).toFixed(1)} kB`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folder = argv[2];
  printSizes(folder);
  const total = firstLoad(folder);
  if (!(total <= BUDGET)) {
    console.error(`the first load is ${kb(total) || "not known"}: more than ${kb(BUDGET)}`);
    process.exitCode = 1;
  }
}
