// The figures as tables of cells: for the terminal and for docs/speed.md alike.
import { targets } from "./targets.mjs";

/** `[{ title, head, rows }]`: the targets, and everyone who was measured. */
export function tables(figures) {
  return [targetTable(figures), ...contenderTables(figures)];
}

/** How far the figures can be trusted: times of a contender that was kept from running are too long, and not evenly. */
export function disturbance({ disturbed }) {
  const share = `${Math.round(disturbed * 100)} %`;
  return disturbed > 0.05
    ? `Other work kept the machine busy for up to ${share} of the time that was measured: measure again when it is quiet.`
    : `Other work took up to ${share} of the time that was measured.`;
}

function targetTable(figures) {
  const rows = targets(figures).map(({ what, unit, first, then, missing, ours, theirs, peer, value, meetsFirst, meetsThen }) =>
    missing
      ? [what, "", "", "not measured", mark(first, null), mark(then, null), missing]
      : [what, `${digits(ours)} ${unit}`, theirs === null ? "" : `${digits(theirs)} ${unit}`, value.toFixed(2), mark(first, meetsFirst), mark(then, meetsThen), peer ?? ""],
  );
  return { title: "Targets", head: ["", "ours", "theirs", "figure", "first", "then", "beside"], rows };
}

function contenderTables({ signatures, hosts, cache, cold, size, memory, workers, native }) {
  const tables = Object.entries(signatures).map(([algorithm, contenders]) => spread(`${algorithm} in Node, µs per verification`, contenders));
  const rs256 = Object.entries(hosts.hosts).filter(([, measured]) => measured);
  tables.push({
    title: "RS256 by default, µs per verification",
    head: ["", "whole", "crypto.verify alone", "difference"],
    rows: rs256.map(([host, { whole, bare, beyond }]) => [host, ...[whole, bare, beyond].map(range)]),
  });
  tables.push(spread("Hashing what is signed in wasm, µs", hosts.hashing));
  tables.push(spread(`Tokens seen before, µs per verification${cache.cached ? "" : " (ours without a cache)"}`, pick(cache, ["countersign", "fast-jwt"])));
  if (native) {
    tables.push(...nativeTables(native));
  }
  const [one, two] = workers.throughput.map(({ perSecond }) => perSecond.median);
  tables.push({
    title: "Worker threads in Node, ES384: each has tables of its own",
    head: ["", "to the first verdict, ms", "slower at first by, ms", "per second, 1 worker", "2 workers", "ratio"],
    rows: [["countersign", range(workers.begin), range(workers.prepare), digits(one), digits(two), (two / one).toFixed(2)]],
  });
  tables.push(spread("Cold: from the start of a process to its first ES384 verdict, ms", cold));
  tables.push({ title: "The wasm module, kB", head: ["raw", "gzip", "brotli"], rows: [[size.raw, size.gzip, size.brotli].map(kB)] });
  tables.push({
    title: "Memory, kB",
    head: ["", "JavaScript heap", "wasm memory"],
    rows: [
      ["an issuer that is known and idle", kB(memory.idleIssuer.heap), kB(memory.idleIssuer.wasm)],
      ...Object.entries(memory.preparedKeys).map(([algorithm, bytes]) => [`an ${algorithm} key in use`, "", kB(bytes)]),
    ],
  });
  return tables;
}

function nativeTables(native) {
  const rows = Object.entries(native).flatMap(([algorithm, { aws_lc_rs, rust_crypto }]) =>
    Object.entries({ aws_lc_rs, rust_crypto }).map(([provider, { countersign, jsonwebtoken }]) =>
      [`${algorithm}, ${provider}`, range(countersign), range(jsonwebtoken), (jsonwebtoken.median / countersign.median).toFixed(2)]));
  const threads = Object.entries(native).map(([algorithm, { threads, instructions }]) => {
    const [one, two] = threads.map(({ perSecond }) => perSecond.median);
    return [algorithm, digits(one), digits(two), (two / one).toFixed(2), instructions === null ? "not counted" : thousands(instructions)];
  });
  return [
    { title: "Native, µs per verification", head: ["", "countersign", "jsonwebtoken", "ratio"], rows },
    { title: "Native, verifications per second with one verifier", head: ["", "1 thread", "2 threads", "ratio", "instructions each"], rows: threads },
  ];
}

function spread(title, contenders) {
  return { title, head: ["", "median (quartiles)"], rows: Object.entries(contenders).map(([name, summary]) => [name, range(summary)]) };
}

function pick(members, names) {
  return Object.fromEntries(names.map((name) => [name, members[name]]));
}

function range({ median, low, high }) {
  return `${digits(median)} (${digits(low)}–${digits(high)})`;
}

/** Three digits, and never an exponent. */
export function digits(value) {
  const size = Math.abs(value);
  return size >= 1000 ? thousands(Math.round(value)) : size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function thousands(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function kB(bytes) {
  return digits(bytes / 1000);
}

function mark(threshold, met) {
  if (threshold === null) {
    return "";
  }
  return met === null ? threshold : `${threshold}: ${met ? "met" : "not met"}`;
}
