// The packed package, as it was installed in an empty folder: never the sources beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const installed = process.env.COUNTERSIGN_TARBALL_DIR;
if (!installed) {
  throw new Error("COUNTERSIGN_TARBALL_DIR must name the folder in which the tarball is installed");
}
const root = join(installed, "node_modules", "countersign");
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const entry = join(root, exports["."].import.default);

export const { createVerifier, OptionsError, PolicyError, redisReplay, VerificationError } = await import(
  pathToFileURL(entry)
);
