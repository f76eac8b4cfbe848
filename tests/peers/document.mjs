// docs/peers.md: the table, and what one must know to read it fairly.
import { readFileSync } from "node:fs";

import { standing } from "./ranking.mjs";
import { PRICE, ROWS } from "./rows/rows.mjs";
import { markdown } from "./table.mjs";

export const DOCUMENT = new URL("../../docs/peers.md", import.meta.url);

/** The document as it is committed. */
export function committed() {
  return readFileSync(DOCUMENT, "utf8");
}

export function documentOf(results) {
  return `<!-- Written by \`cargo xtask peers --write\`, and compared by \`cargo xtask test\`: edit tests/peers/document.mjs. -->

# Beside other packages

What verifiers do where verifiers differ: with tokens and keys that should not pass, with strangers who
make them fetch, and over the life of an issuer's keys. Every cell is what the package did in a run of

\`\`\`sh
cargo xtask peers
\`\`\`

which is also a step of \`cargo xtask test\`: it fails when Countersign does anything else than this table
says, and when a peer does better in any line.

${summary(results)}

${markdown(ROWS, "rows", results)}

## How it is run

- Each package is used as its own documentation advises for tokens of one issuer whose keys are fetched, with
  the issuer, the audience and (but for the line that says otherwise) AWS's two algorithms set. All else
  is as shipped: caches, cool-downs, limits.
- The packages themselves fetch, over http from a server on loopback. aws-jwt-verify, which insists on
  https, gets an agent that speaks http. Countersign's keys of an issuer of AWS's form have one address,
  which its \`fetch\` option leads to loopback.
- Each line begins with a new verifier and a new issuer. Good tokens of the same issuer are accepted by
  every package in every line, so a refusal is not one of everything.
- Time is virtual, and the same for all: lifetimes and cool-downs pass without waiting, and the figures do not
  depend on the machine.
- A word in code is the error's code, or its name where it has none.

## Reading it fairly

- Some cells are defaults that a setting changes. jose and fast-jwt refuse a token without \`exp\` when
  \`exp\` is named in \`requiredClaims\`. jwks-rsa bounds its fetches with \`rateLimit\`, for all key ids
  together, and keeps keys through an outage with \`cacheMaxAgeFallback\`. jose's cool-down and lifetime can be
  set. hono leaves caching to the application, which can pass \`keys\`. No setting puts another package ahead
  in a line: Countersign's cell is everywhere the best that the line knows.
- Row 6: Node's own server refuses headers over 16 kB, so a token of 2 MB comes in a body or not at all.
- Row 11: jose, fast-jwt and jsonwebtoken refuse RS512 when algorithms are set, and accept it when none are.
  aws-jwt-verify has no such setting; hono cannot be used without one.
- Row 12: it is jwks-rsa that refuses. It leaves out keys whose \`use\` is not \`sig\`, and keys whose
  \`key_ops\` do not let them be imported for verifying. jsonwebtoken is given keys without either.
- Row 16: get-jwks falls back on the key it had whenever a fetch yields none, also when the issuer no longer
  publishes that key. The fallback lasts a minute from the first failure, as it does in row 17.
- Row 17: an end to it is what makes serving on safe. How long is enough is not ranked: get-jwks's minute
  counts as much as Countersign's day (\`staleIfErrorSeconds\`).
- Row 18: honoured means that keys which may be used for 2 minutes are asked for again after 1 to 2 minutes,
  and keys which may be used for 2 hours after 1 to 2 hours.

## What a rotation at once costs

Rows 14 and 15 are two sides of one thing, and each package but Countersign is good at one of them at most.
Countersign tells a likely new key from junk by its id. One that follows a published id by a number or two,
or one of AWS's first ids, or is random in the same form as a published one, may be fetched for at once;
any other waits until 10 s after the last fetch. So a stranger who imitates the issuer's ids can cause
fetches: as many at once as stand below, again after 10 s, and never more than the issuer's budget allows.
And an id that was asked for and was not there is believed not to be there for 10 s, so a rotation to the
very id that a stranger has just guessed is seen when those are over.

These lines are no contest, and the test asks only that no package does at least as well in all lines of one
kind and better in one.

${markdown(PRICE, "price", results)}
`;
}

function summary({ ours, peers }) {
  const standings = ours.rows.map((outcome, at) => standing(outcome, peers.map(({ rows }) => rows[at])));
  const count = (wanted) => standings.filter((standing) => standing === wanted).length;
  return `Of ${standings.length} lines, Countersign is best alone in ${count("best alone")}, as good as the best of the others in ${count("best, with others")}, and behind in ${count("worse")}.`;
}
