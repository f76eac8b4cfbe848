// Good and bad tokens at full speed through the packed package, while their issuers fail in every known way.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Issuers } from "../faults/issuers.mjs";
import { ACCOUNT, AUDIENCE, ORGANIZATION } from "../faults/signing.mjs";
import { BadTokens, CLASSES, OF_KEYS, flood } from "./bad.mjs";
import { CHANGES, FAULTS, Life } from "./life.mjs";
import { MemoryLog, watchWasm } from "./memory.mjs";
import { Deck, Random } from "./random.mjs";
import { Record, VERDICTS } from "./record.mjs";
import { SABOTAGES } from "./sabotage.mjs";
import { FLOOD, KEY_STORE, KINDS, OF_ORGANIZATION, PINNED, WORKERS } from "./settings.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "300" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    output: { type: "string" },
    sabotage: { type: "string" },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
console.log(`soak: ${seconds} s, seed ${seed}`);

const record = new Record();
for (const event of ["unhandledRejection", "uncaughtException", "warning"]) {
  process.on(event, (error) => record.broken("nothing is unhandled", `${event}: ${error?.stack ?? error}`));
}

watchWasm();
const countersign = await import("../conformance/node/package-under-test.mjs");

const random = new Random(seed);
const faults = new Map();
const deck = new Deck(FAULTS, random);
const inFlight = new Map();
const issuers = new Issuers();
const lives = await Promise.all(Array.from({ length: PINNED + OF_ORGANIZATION }, async (_, index) => {
  const issuer = await issuers.start({ elsewhere: "http://127.0.0.1:9/jwks.json" });
  const life = new Life(issuer, {
    isPinned: index < PINNED,
    replacesFirst: index % 4 === 1,
    random: new Random(seed + index + 1),
    deck,
    counts: faults,
    inFlight: (name) => inFlight.get(new URL(name).origin) ?? 0,
  });
  await life.begin();
  return life;
}));
const bad = lives.map((life) => new BadTokens(life, { random, other: () => random.of(lives.filter((other) => other !== life)) }));

const policy = {
  audience: AUDIENCE,
  algorithms: ["ES256", "ES384", "RS256"],
  trust: [
    ...lives.filter(({ isPinned }) => isPinned).map(({ issuer }) => ({ issuer: issuer.issuer, account: ACCOUNT })),
    { organization: ORGANIZATION },
  ],
  dangerLoopbackIssuers: lives.map(({ issuer }) => issuer.origin),
};
let kept;
const genuine = countersign.createVerifier(policy, {
  keyStore: KEY_STORE,
  fetch: counted,
  store: { load: () => undefined, save: (snapshot) => void (kept = snapshot) },
});
const verifier = values.sabotage === undefined ? genuine : SABOTAGES[values.sabotage].wrap(genuine, countersign);

// Every issuer is proved before strangers come: until then its first token may have to wait, and says so.
await verifier.ready();
for (const life of lives) {
  await verifier.verify(await life.current.get("EC384").tokens.take());
}
const requested = async () => (await Promise.all(lives.map(({ issuer }) => issuer.counts()))).reduce((sum, { requests, strangers }) => sum + requests + strangers, 0);

const memory = new MemoryLog();
const begun = Date.now();
const stop = AbortSignal.timeout(seconds * 1000);
let flatness;
// What is still under way then is waited for, and is no part of the measurement.
stop.addEventListener("abort", () => (flatness = memory.end()));
try {
  await Promise.all([
    ...lives.map((life, index) => life.live(stop, index % 2 === 0)),
    ...Array.from({ length: WORKERS }, () => work()),
    chores(),
    floods(),
  ]);
} catch (error) {
  console.log(`the soak itself failed: ${error.stack}`);
  process.exit(2);
}
const took = (Date.now() - begun) / 1000;
const requests = await requested();
issuers.end();
finish();

async function work() {
  while (!stop.aborted) {
    const index = random.below(lives.length);
    const draw = random.next();
    if (draw < 0.5) {
      await judgeGood(lives[index], lives[index].current.get(random.of(KINDS)));
    } else if (draw < 0.55) {
      await judgeGood(lives[index], lives[index].ended.get(random.of(KINDS)));
    } else {
      await judgeBad(lives[index], bad[index]);
    }
    // Verdicts by keys at hand take no turn of the event loop: timers and answers must get theirs.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function judgeGood(life, key) {
  if (key === undefined || key.isForgotten) {
    return;
  }
  const token = await key.tokens.take();
  const start = Date.now();
  const fault = life.fault;
  const code = await codeOf(token);
  const end = Date.now();
  const expectation = key.expectation(start, end);
  record.good(expectation, code, () => `${key.kid} of ${life.issuer.issuer}, fault ${fault ?? "none"}, ${start - begun} to ${end - begun} ms`);
}

async function judgeBad(life, tokens) {
  const { name, codes, token } = await tokens.take();
  record.bad(name, codes, await codeOf(token), () => `of ${life.issuer.issuer}, fault ${life.fault ?? "none"}, at ${Date.now() - begun} ms: ${String(token).slice(0, 400)}`);
}

/** The code that refuses a token. Some are judged by a report, which must come to the same. */
async function codeOf(token) {
  if (random.next() < 0.03) {
    const { accepted, rejection } = await verifier.explain(token);
    return accepted ? undefined : rejection.code;
  }
  try {
    await verifier.verify(token);
    return undefined;
  } catch (error) {
    if (error instanceof countersign.VerificationError) {
      return error.code;
    }
    record.broken("nothing is unhandled", `thrown: ${error?.stack ?? error}`);
    return `thrown ${error}`;
  }
}

/** What a service does besides: look whether keys are ready, and start anew from a snapshot. */
async function chores() {
  while (!stop.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await verifier.ready();
    const young = countersign.createVerifier(policy, { keyStore: KEY_STORE, fetch: counted });
    young.restore(kept);
    const key = random.of(lives).current.get("EC384");
    const token = await key.tokens.take();
    try {
      young.verifySync(token);
    } catch (error) {
      // Past their lifetime keys serve on only where fetching them was tried; new ones may not be saved yet.
      if (!["key.not_loaded", "key.unknown", "signature.invalid"].includes(error.code)) {
        record.broken("every good token is accepted", `${error.code} by a restored snapshot`);
      }
    }
  }
}

/** Strangers, all at once. */
async function floods() {
  while (!stop.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const life = random.of(lives);
    const token = await life.current.get("EC256").tokens.take();
    await Promise.all(flood(token, FLOOD).map(async (junk) => {
      record.bad("flood of key ids of nobody", OF_KEYS, await codeOf(junk), () => `of ${life.issuer.issuer}, fault ${life.fault ?? "none"}`);
    }));
  }
}

/** Node's own fetch, with what is under way counted by origin. */
function counted(url, init) {
  const { origin } = new URL(url);
  const add = (number) => inFlight.set(origin, (inFlight.get(origin) ?? 0) + number);
  add(1);
  init.signal.addEventListener("abort", () => add(-1), { once: true });
  return fetch(url, init);
}

function finish() {
  const metrics = genuine.metrics();
  for (const { memory: name, flat, middleMiB, lastMiB, boundMiB } of flatness) {
    if (!flat) {
      record.broken("memory is flat", `${name}: ${middleMiB} MiB, then ${lastMiB} MiB; the bound is ${boundMiB} MiB more`);
    }
  }
  const missing = CLASSES.filter((name) => !record.byClass.has(name));
  const sumOf = (names) => names.reduce((sum, name) => sum + (faults.get(name) ?? 0), 0);
  const untried = [...CHANGES, ...(seconds >= 240 ? FAULTS : [])].filter((name) => !faults.has(name));
  // A few seconds, or few tokens, are not enough for everything to occur.
  if (seconds >= 15 && record.tokens >= 2000 && (missing.length > 0 || untried.length > 0 || metrics.staleServes === 0)) {
    record.broken("every fault and class occurred", `not: ${[...missing, ...untried].join(", ")}; stale serves: ${metrics.staleServes}`);
  }
  const sorted = (map) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  const figures = {
    seed,
    seconds: took,
    tokens: record.tokens,
    "tokens per second": Math.round(record.tokens / took),
    "good tokens, accepted": record.goodAccepted,
    "bad tokens, refused by their code": record.badRefused,
    "tokens of withdrawn and replaced keys, refused": record.oldRefused,
    "tokens of keys just being withdrawn or replaced": record.either,
    "documents fetched": metrics.fetches,
    "fetches that brought nothing usable": metrics.failedFetches,
    "requests that the issuers saw": requests,
    "verdicts by stale keys": metrics.staleServes,
    "WebAssembly instances given up": metrics.traps,
    "changes of keys": sumOf(CHANGES),
    "faults injected": sumOf(FAULTS),
  };
  const { violations } = record;
  console.log(Object.entries(figures).map(([name, value]) => `${name.padEnd(48)} ${value}`).join("\n"));
  console.table(flatness);
  for (const verdict of VERDICTS) {
    const broken = violations[verdict];
    console.log(`${broken === undefined ? "yes" : "NO "}  ${verdict}${broken === undefined ? "" : ` (${broken.times} times)\n     ${broken.first.join("\n     ")}`}`);
  }
  const kinds = { faults: sorted(faults), codes: sorted(record.byCode), classes: sorted(record.byClass) };
  if (values.output !== undefined) {
    writeFileSync(values.output, `${JSON.stringify({ ...figures, memory: flatness, series: memory.series(), ...kinds, violations }, null, 2)}\n`);
  }
  if (Object.keys(violations).length > 0) {
    console.log(`run again with --seed ${seed}`);
    process.exitCode = 1;
  }
}
