// Makes a folder hold exactly these files.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes what is new or different; then takes out what does not belong. */
export function writeFolder(folder, files) {
  mkdirSync(folder, { recursive: true });
  // The shell last: until then a visitor gets the former page, all of whose files are still there.
  const names = [...files.keys()].sort((a, b) => a.startsWith("index.html") - b.startsWith("index.html"));
  for (const name of names) {
    write(join(folder, name), files.get(name));
  }
  for (const name of readdirSync(folder)) {
    // A hidden file is git's, which has the folder be there before the page is.
    if (!files.has(name) && !name.startsWith(".")) {
      rmSync(join(folder, name), { recursive: true });
    }
  }
}

function write(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) {
    return;
  }
  // In one move: a server never hands out half a file.
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
