// Names that change with the content, so that browsers may keep the files for ever.
import { createHash } from "node:crypto";

const LENGTH = 10;

/** The start of the content's SHA-256, in hexadecimal. */
export function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, LENGTH);
}

/** `app.js` with its digest: `app.0123456789.js`. */
export function fixedName(name, content) {
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}.${digest(content)}${name.slice(dot)}`;
}
