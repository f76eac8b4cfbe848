// assemble.mjs debug|release BINDINGS FOLDER: makes the page's files from its bindings, web/style, web/static
// and index.html, and writes them into the folder. What is already there and the same is not touched, so
// that nothing that depends on it is built again.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { bundle } from "./bundle.mjs";
import { compressed } from "./compress.mjs";
import { digest, fixedName } from "./digest.mjs";
import { headers } from "./headers.mjs";
import { printSizes } from "./sizes.mjs";
import { writeFolder } from "./write-folder.mjs";

const [mode, bindings, folder] = process.argv.slice(2);
const release = mode === "release";
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const read = (path) => readFileSync(join(root, path));

const fixed = {
  "app.wasm": readFileSync(join(bindings, "countersign-web_bg.wasm")),
  ...(await bundle(root, bindings, release)),
};
const pictures = readdirSync(join(root, "web/static")).filter((name) => /\.(svg|png)$/.test(name));
const shell = named(read("index.html").toString(), fixed);

const files = new Map([
  ...Object.entries(fixed).map(([name, content]) => [fixedName(name, content), content]),
  ["manifest.webmanifest", read("web/static/manifest.webmanifest")],
  ...pictures.map((name) => [name, read(`web/static/${name}`)]),
  ["index.html", Buffer.from(shell)],
]);
files.set("sw.js", serviceWorker());
files.set("_headers", Buffer.from(headers(shell, Object.entries(fixed).map(([name, content]) => fixedName(name, content)))));

writeFolder(folder, release ? compressed(files) : files);
printSizes(folder);

/** The shell with the names that the built files have, in place of those it was written with. */
function named(html, contents) {
  for (const [name, content] of Object.entries(contents)) {
    const parts = html.split(`"./${name}"`);
    if (parts.length === 1) {
      throw new Error(`index.html does not name ./${name}`);
    }
    html = parts.join(`"./${fixedName(name, content)}"`);
  }
  return html;
}

/** The service worker, told what to keep. */
function serviceWorker() {
  const names = [...files.keys()].sort();
  const fixedNames = new Set(Object.entries(fixed).map(([name, content]) => fixedName(name, content)));
  const list = names.map((name) => ({
    // The shell is asked for as visitors ask for it: hosts redirect index.html.
    name: name === "index.html" ? "./" : `./${name}`,
    fixed: fixedNames.has(name),
  }));
  const version = digest(Buffer.concat(names.flatMap((name) => [Buffer.from(`${name}\n`), files.get(name)])));
  const source = read("web/static/sw.js").toString();
  return Buffer.from(source.replace("__FILES__", () => JSON.stringify(list)).replace("__VERSION__", () => JSON.stringify(version)));
}
