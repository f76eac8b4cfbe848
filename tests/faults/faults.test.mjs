// Every row through the packed package and Node's own fetch, beside an issuer that is well; then through the binary.
import assert from "node:assert/strict";
import { get } from "node:https";
import { after, before, test } from "node:test";
import { exitCodeOf, verdictOfBinary } from "./binary.mjs";
import { finish } from "./document.mjs";
import { Issuers } from "./issuers.mjs";
import { MemoryPeak, memoryClass, readClass } from "./measure.mjs";
import { STORIES } from "./stories.mjs";
import { ROWS, UNAVAILABLE, UNREACHABLE } from "./table.mjs";
import { KEY, NOW, policyFor, World } from "./world.mjs";

/** Longer than any pause after failures in a row. */
const PAUSE = 360;
const LIFETIME = 3600;
/** For what ends only because time is up. */
const HURRY = { fetchTimeoutSeconds: 1 };
const figures = { rows: [], unreachable: [], stories: [] };

let issuers;
let elsewhere;
let well;
let throughBinary;
before(async () => {
  issuers = new Issuers();
  elsewhere = await issuers.start();
  well = await start();
  // What a first verification costs once is no row's.
  await new World(well).verdict();
  // The binary waits longer, by its defaults: all rows at once.
  throughBinary = new Map(ROWS.map(({ fault }) => [fault, binaryVerdict(fault)]));
});
after(() => issuers.end());

async function start(options) {
  const issuer = await issuers.start({ elsewhere: elsewhere.jwks, ...options });
  await issuer.publish([KEY]);
  return issuer;
}

for (const { fault, verdict, ends, requests, read, held, after: later } of ROWS) {
  test(fault, async () => {
    const bad = await start();
    const keyStore = ends === "timeout" ? HURRY : {};
    const world = new World(bad, { policy: policyFor([bad, well]), keyStore });
    await bad.fail(fault);
    const [healthy] = await well.mint({ ...KEY, now: NOW });
    const peak = new MemoryPeak();
    const [found, other] = await Promise.all([world.verdict(), world.verifier.verify(healthy)]);
    const grown = peak.end();
    const figure = { fault, verdict: found, requests: await world.requests(), ends: world.ends };
    figure.read = readClass(world.bytes);
    figure.memory = memoryClass(grown);
    assert.equal(other.issuer, well.issuer, "another issuer's token is undisturbed");

    figure.held = await keysAtHand(bad, fault, keyStore);
    const counts = await bad.counts();
    await bad.fail(null);
    world.now += PAUSE;
    figure.after = await world.verdict();
    figure.binary = await throughBinary.get(fault);
    figures.rows.push(figure);

    assert.deepEqual(
      [figure.verdict, figure.ends, figure.requests, figure.held, figure.after, figure.binary],
      [verdict, ends, requests, held, later, verdict],
    );
    assert.equal(figure.read, read, `${world.bytes} bytes were read`);
    assert.equal(figure.memory, "32 MiB", `memory grew by ${grown} bytes`);
    assert.equal(counts.open, 0, "an answer is still under way");
    assert.equal((await elsewhere.counts()).requests, 0, "it was led elsewhere");
  });
}

/** The keys are there and past their lifetime when the fault begins. */
async function keysAtHand(issuer, fault, keyStore) {
  await issuer.fail(null);
  const world = new World(issuer, { keyStore });
  assert.equal(await world.verdict(), "accepted");
  await issuer.fail(fault);
  world.now += LIFETIME + 1;
  const verdict = await world.verdict();
  await settled(issuer);
  return verdict;
}

/** Waits for the issuer to notice that the client has gone. */
async function settled(issuer) {
  for (let tries = 0; tries < 200 && (await issuer.counts()).open > 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function binaryVerdict(fault) {
  const issuer = await start();
  await issuer.fail(fault);
  const [token] = await issuer.mint({ ...KEY, now: NOW });
  const { verdict, code } = await verdictOfBinary(issuer, token);
  assert.equal(code, exitCodeOf(verdict), "the exit code");
  return verdict;
}

for (const { fault, place, ends } of UNREACHABLE) {
  test(fault, async () => {
    const at = await start({ tls: place === "tls" });
    if (place === "nowhere") {
      at.issuer = "https://issuer.invalid";
      at.origin = at.issuer;
    }
    if (place === "tls") {
      assert.equal(await statusWithoutTrust(at.jwks), 200, "the certificate is all that is wrong");
    }
    const world = new World(at, { keyStore: HURRY });
    const [token] = await at.mint({ ...KEY, now: NOW, claims: { iss: at.issuer } });
    if (place === "closed") {
      await at.close();
    }
    const before = await at.counts();
    const figure = { fault, verdict: await world.judge(token), requests: (await at.counts()).requests - before.requests };
    figure.ends = ends.includes(world.ends) ? ends.join(" or ") : world.ends;
    const { verdict, code } = await verdictOfBinary(at, token);
    figure.binary = verdict;
    figures.unreachable.push(figure);
    assert.deepEqual(figure, { fault, verdict: UNAVAILABLE, requests: 0, ends: ends.join(" or "), binary: UNAVAILABLE });
    assert.equal(code, 4);
    if (place === "tls") {
      assert.ok((await at.counts()).connections > before.connections, "it was not even tried");
    }
  });
}

function statusWithoutTrust(url) {
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

for (const { name, steps, options } of STORIES) {
  test(name, async () => {
    const issuer = await start();
    const world = new World(issuer, options?.(issuer));
    const told = [];
    for (const { does, run, expected, requests } of steps) {
      const verdict = (await run(world)) ?? "";
      const asked = await world.requests();
      // A figure that depends on chance is told as the bound that it kept.
      const figure = typeof requests === "object" ? within(asked, requests) : asked;
      told.push({ does, verdict, requests: figure });
      assert.equal(verdict, expected ?? "", does);
      assert.equal(figure, typeof requests === "object" ? `${requests.least}–${requests.most}` : requests, `${does}: requests`);
    }
    figures.stories.push({ name, steps: told });
  });
}

test("docs/faults.md tells what was found", () => finish(figures));

function within(found, { least, most }) {
  return found >= least && found <= most ? `${least}–${most}` : found;
}
