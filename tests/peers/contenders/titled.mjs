import { readFileSync } from "node:fs";

/** Packages with the versions that are installed, which are not always those that were asked for. */
export function titled(names, folder = new URL("..", import.meta.url).pathname) {
  return names.map((name) => `${name} ${versionOf(name, folder)}`).join(" + ");
}

function versionOf(name, folder) {
  return JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, "utf8")).version;
}
