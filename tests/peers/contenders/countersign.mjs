import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { now } from "../clock.mjs";
import { titled } from "./titled.mjs";

const installed = process.env.COUNTERSIGN_TARBALL_DIR;
if (!installed) {
  throw new Error("COUNTERSIGN_TARBALL_DIR is not set: run this by cargo xtask peers");
}
const { createVerifier } = createRequire(pathToFileURL(`${installed}/package.json`))("countersign");

export default {
  name: "countersign",
  title: titled(["countersign"], installed),
  create({ issuer, audience, algorithms, keys }) {
    const verifier = createVerifier(
      { audience, trust: [{ issuer }], ...(algorithms && { algorithms }) },
      // The keys of an issuer of AWS's form have one address; this leads it to loopback.
      { now, fetch: (url, init) => fetch(url.replace(issuer, keys.origin), init) },
    );
    return async (token) => (await verifier.verify(token)).claims;
  },
};
