// Fault × expected behaviour. `faults.test.mjs` adds the figures and compares both with docs/faults.md.

/** What a service answers while it has no keys of the issuer: try again. */
export const UNAVAILABLE = "key.unavailable (503)";
export const ACCEPTED = "accepted";
export const STALE = "accepted, stale";

// Columns: the verdict on the first token; what ended the fetch; how many documents were asked for; the verdict
// on a token while the fault lasts, where the keys were at hand and are past their lifetime; and the verdict once
// the fault is gone. `read` is the most that is read of one document: up to the limit of 64 KiB, and the chunk of
// up to as much that exceeds it.
function row(fault, ends, rest = {}) {
  const read = ends === "tooLarge" ? "128 KiB" : "4 KiB";
  return { fault, ends, read, verdict: UNAVAILABLE, requests: 2, held: STALE, after: ACCEPTED, ...rest };
}

/** Faults in the discovery document: the key set is not asked for. */
const discovery = (fault, ends) => row(fault, ends, { requests: 1 });
/** What must disturb nobody. */
const harmless = (fault) => row(fault, "whole", { verdict: ACCEPTED, held: ACCEPTED });

export const ROWS = [
  row("slow headers", "timeout"),
  discovery("slow headers, discovery", "timeout"),
  row("slow body", "timeout"),
  discovery("slow body, discovery", "timeout"),
  row("endless body", "tooLarge"),
  discovery("endless body, discovery", "tooLarge"),
  row("document of 30 MiB", "tooLarge"),
  row("gzip bomb, 32 MiB", "tooLarge"),
  row("status 500 with an endless body", "tooLarge"),
  row("truncated, by its content-length", "network"),
  row("truncated, in a chunk", "network"),
  row("reset before the headers", "network"),
  row("reset in the body", "network"),
  discovery("status 404", "status 404"),
  discovery("status 429", "status 429"),
  discovery("status 500", "status 500"),
  discovery("status 503", "status 503"),
  row("redirect 301 to itself", "redirect"),
  row("redirect 302 to itself", "redirect"),
  row("redirect 307 to itself", "redirect"),
  row("redirect 308 to itself", "redirect"),
  row("redirect to another http origin", "redirect"),
  row("redirect to https", "redirect"),
  discovery("redirect, discovery", "redirect"),
  discovery("wrong issuer in discovery", "whole"),
  discovery("jwks_uri on another origin", "whole"),
  row("invalid JSON", "whole"),
  row("duplicate members", "whole"),
  row("HTML with status 200", "whole"),
  row("101 keys", "whole", { read: "64 KiB" }),
  // A set without keys is the issuer's word: all are withdrawn. One more fetch asks whether they came back.
  row("empty key set", "whole", { verdict: "key.unknown (401)", held: "key.unknown (401)" }),
  harmless("late"),
  harmless("wrong content type"),
  harmless("Cache-Control max-age=0"),
  harmless("Cache-Control no-store"),
  harmless("Cache-Control max-age=315360000"),
];

/** Issuers of which no answer can come at all. */
export const UNREACHABLE = [
  { fault: "nobody listens", place: "closed", ends: ["network"] },
  { fault: "TLS certificate that nobody vouches for", place: "tls", ends: ["network"] },
  { fault: "host name that does not exist", place: "nowhere", ends: ["network", "timeout"] },
];
