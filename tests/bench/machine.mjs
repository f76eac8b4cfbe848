// What it was measured on.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, release, type } from "node:os";

export function machine() {
  return {
    cpu: `${cpus()[0].model.trim()}, ${cpus().length} cores, ${arch()}`,
    system: system(),
    node: process.versions.node,
    openssl: process.versions.openssl,
    v8: process.versions.v8,
    rust: version("rustc", ["--version"]),
    bun: version(new URL("node_modules/.bin/bun", import.meta.url).pathname, ["--version"]),
    deno: version(new URL("node_modules/.bin/deno", import.meta.url).pathname, ["--version"]),
  };
}

function system() {
  let distribution;
  try {
    distribution = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  } catch {
    // Not on Linux.
  }
  return [distribution, `${type()} ${release()}`].filter(Boolean).join(", ");
}

/** The first line that a program prints, without its name; null where it cannot be started. */
export function version(program, args) {
  try {
    return execFileSync(program, args, { stdio: ["ignore", "pipe", "ignore"] }).toString().split("\n")[0].replace(/^(rustc|deno) /, "");
  } catch {
    return null;
  }
}
