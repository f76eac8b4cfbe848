// What was aimed at, and whether it is met: pure arithmetic over the figures, tested by targets.test.mjs.
import { BARE, OURS_IN_WASM, PEERS, RSA_CRATE } from "./names.mjs";

/**
 * Every row has `what`; `ours` and `theirs`, with their `unit`; `ratio`, how that is to be read; the thresholds
 * `first` and `then`; and whether they are met. What was not measured has a reason in place of figures.
 */
export function targets(figures) {
  return ROWS.map(({ what, unit, first, then, atLeast, measure }) => {
    const measured = measure(figures);
    const row = { what, unit, first: said(first, atLeast), then: said(then, atLeast) };
    if ("missing" in measured) {
      return { ...row, missing: measured.missing };
    }
    const { ours, theirs = null, peer = null } = measured;
    const value = rounded(measured.value);
    return { ...row, ours, theirs, peer, value, meetsFirst: meets(value, first, atLeast), meetsThen: meets(value, then, atLeast) };
  });
}

/** A threshold is held against what is printed, with two decimals: nobody has to guess at what was rounded. */
export function meets(value, threshold, atLeast) {
  if (threshold === null) {
    return null;
  }
  return atLeast ? value >= threshold : value <= threshold;
}

/** The fastest of these contenders, by its median. */
export function fastest(contenders, names) {
  const found = names.filter((name) => name in contenders);
  return found.reduce((best, name) => (contenders[name].median < contenders[best].median ? name : best), found[0]);
}

export function rounded(value) {
  return Math.round(value * 100) / 100;
}

const ROWS = [
  { what: "ES384 in wasm, Node: times as fast as the fastest package", unit: "µs", first: 3, then: 5, atLeast: true, measure: (figures) => besidePackages(figures, "ES384") },
  { what: "ES256 in wasm, Node: times as fast as the fastest package", unit: "µs", first: 1.2, then: 2, atLeast: true, measure: (figures) => besidePackages(figures, "ES256") },
  ...["Node", "Bun", "Deno"].map((host) => ({ what: `RS256 by default, ${host}: time over bare \`crypto.verify\``, unit: "µs", first: 1.35, then: 1.15, atLeast: false, measure: (figures) => overBare(figures, host) })),
  { what: "RS256 in wasm alone: times as fast as the crate rsa in wasm", unit: "µs", first: 4, then: 6, atLeast: true, measure: besideRsaCrate },
  { what: "everything but the signature, Node: µs", unit: "µs", first: 12, then: 6, atLeast: false, measure: everythingElse },
  { what: "a token seen before: times as fast as fast-jwt's cache", unit: "µs", first: 3, then: 6, atLeast: true, measure: seenBefore },
  { what: "native, ES384: times as fast as the better of jsonwebtoken's two", unit: "µs", first: 1, then: 2, atLeast: true, measure: native },
  { what: "cold, to the first ES384 verdict: time over the better of aws-jwt-verify and jose", unit: "ms", first: 1, then: 0.99, atLeast: false, measure: cold },
  { what: "the wasm module, brotli: kB", unit: "kB", first: 130, then: 80, atLeast: false, measure: ({ size }) => one(size.brotli / 1000) },
  { what: "memory per known but idle issuer: kB", unit: "kB", first: 4, then: null, atLeast: false, measure: ({ memory: { idleIssuer } }) => one((idleIssuer.heap + idleIssuer.wasm) / 1000) },
  { what: "memory per prepared ES384 key: kB", unit: "kB", first: null, then: null, atLeast: false, measure: ({ memory }) => one(memory.preparedKeys.ES384 / 1000) },
];

function besidePackages({ signatures }, algorithm) {
  const contenders = signatures[algorithm];
  return timesAsFast(contenders, OURS_IN_WASM, fastest(contenders, PEERS));
}

function besideRsaCrate({ signatures }) {
  return timesAsFast(signatures.RS256, OURS_IN_WASM, RSA_CRATE);
}

function seenBefore({ cache }) {
  return cache.cached ? timesAsFast(cache, "countersign", "fast-jwt") : { missing: "this build has no option `tokenCache`" };
}

function timesAsFast(contenders, name, peer) {
  const [ours, theirs] = [contenders[name].median, contenders[peer].median];
  return { ours, theirs, peer, value: theirs / ours };
}

function overBare({ hosts: { hosts } }, host) {
  if (!hosts[host]) {
    return { missing: `${host} is not installed` };
  }
  const [ours, theirs] = [hosts[host].whole.median, hosts[host].bare.median];
  return { ours, theirs, peer: BARE, value: ours / theirs };
}

function everythingElse({ hosts: { onHost, hosts, hashing } }) {
  return onHost
    ? one(hosts.Node.beyond.median + hashing["SHA-384"].median)
    : { missing: "in this build the signature cannot be taken off: it has no option `crypto`" };
}

function native({ native: measured }) {
  if (!measured) {
    return { missing: "AWS-LC could not be built" };
  }
  // Each was run beside ours in a process of its own: the ratio is taken within one.
  const { aws_lc_rs, rust_crypto } = measured.ES384;
  const runs = { "jsonwebtoken, aws_lc_rs": aws_lc_rs, "jsonwebtoken, rust_crypto": rust_crypto };
  const ratio = (name) => runs[name].jsonwebtoken.median / runs[name].countersign.median;
  const peer = Object.keys(runs).reduce((best, name) => (ratio(name) < ratio(best) ? name : best));
  return { ours: runs[peer].countersign.median, theirs: runs[peer].jsonwebtoken.median, peer, value: ratio(peer) };
}

function cold({ cold: contenders }) {
  const peer = fastest(contenders, ["aws-jwt-verify", "jose"]);
  const [ours, theirs] = [contenders["countersign (ESM)"].median, contenders[peer].median];
  return { ours, theirs, peer, value: ours / theirs };
}

function one(value) {
  return { ours: value, value };
}

function said(threshold, atLeast) {
  return threshold === null ? null : `${atLeast ? "≥" : "≤"} ${threshold}`;
}
