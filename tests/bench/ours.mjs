// The packed package, with options that it has or does not have yet.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { OURS_IN_WASM } from "./names.mjs";

const installed = process.env.COUNTERSIGN_TARBALL_DIR;
if (!installed) {
  throw new Error("COUNTERSIGN_TARBALL_DIR is not set: run this by cargo xtask bench");
}
export const { createVerifier } = createRequire(pathToFileURL(`${installed}/package.json`))("countersign");

/** Whether this build has the option, found by asking for it. */
export function has(option) {
  const policy = { audience: "https://api.example.com", trust: [{ issuer: "https://a1b2.tokens.sts.global.api.aws" }] };
  try {
    createVerifier(policy, option);
    return true;
  } catch (error) {
    if (error.code === "options.unknown") {
      return false;
    }
    throw error;
  }
}

/** Whether this build has the host verify RS256, where it is told nothing else. */
export const ON_HOST = has({ crypto: "wasm" });
/** How this build's verifier can verify signatures, by the name of the contender. */
export const PATHS = ON_HOST
  ? { countersign: {}, [OURS_IN_WASM]: { crypto: "wasm" }, "countersign on the host": { crypto: "host" } }
  : { [OURS_IN_WASM]: {} };
