// Every vector through the packed npm package: the same files and the same verdicts as the Rust core.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { createVerifier, OptionsError, PolicyError, VerificationError } from "./package-under-test.mjs";
import { at, vectorFiles } from "./vectors.mjs";

let ran = 0;
let skipped = 0;
// Nothing may be fetched: every key set is given.
const fetch = (url) => assert.fail(`fetches ${url}`);

/** Who verifies signatures; whoever it is, verdicts are the same. */
const CRYPTO = ["auto", "host", "wasm"];
/** After so many uses a key has a table. */
const RECURS = 16;

for (const { name, about, cases, crypto } of CRYPTO.flatMap((crypto) =>
  vectorFiles().map((file) => ({ ...file, crypto })),
)) {
  test(`${name}, by ${crypto}: ${about}`, async (context) => {
    const failures = [];
    for (const vector of cases) {
      if (vector.policy.value === undefined) {
        console.log(`skip ${name}: ${vector.name}: the policy is a text that no JavaScript value stands for`);
        skipped += 1;
        continue;
      }
      ran += 1;
      try {
        await check(vector, crypto);
      } catch (error) {
        failures.push(`${vector.name}: ${error.message}`);
      }
    }
    context.diagnostic(`${cases.length} cases`);
    assert.equal(failures.length, 0, `\n${failures.join("\n")}\n`);
  });
}

after(() => {
  console.log(`${ran} conformance cases in Node, ${skipped} skipped`);
  assert.ok(ran >= 150, "the vectors are there");
});

async function check({ policy, keys, now, token, expect }, crypto) {
  const make = () => createVerifier(policy.value, { keys, now: () => now, fetch, crypto });
  if (expect.verdict === "policy_refused") {
    const error = thrownBy(make);
    assert.ok(error instanceof PolicyError, `throws ${error}`);
    return assert.deepEqual(error.faults.map(({ code, path }) => ({ code, path })), expect.faults);
  }
  if (expect.verdict === "keys_refused") {
    const error = thrownBy(make);
    assert.ok(error instanceof OptionsError, `throws ${error}`);
    return assert.equal(error.code, "options.keys");
  }
  const verifier = make();
  const judged = await judge(verifier, token, expect);
  const report = judged.report;
  if (crypto === "wasm" && report.checks.some(({ check, outcome }) => check === "signature" && outcome !== "skipped")) {
    for (let use = 0; use < RECURS; use += 1) {
      assert.deepEqual(verifier.explainSync(token), report, "a key that recurs makes a difference");
    }
  }
  leaksNothing(token, judged);
  assert.equal(report.accepted, expect.verdict === "accepted");
  if (expect.verdict === "accepted") {
    if (judged.error) {
      throw judged.error;
    }
    assert.equal(judged.identity.rule, expect.rule);
    assert.equal(report.rule, expect.rule);
    for (const [pointer, value] of Object.entries(expect.identity ?? {})) {
      assert.deepEqual(at(judged.identity, pointer), value, pointer);
    }
    return;
  }
  const { error } = judged;
  assert.ok(error instanceof VerificationError, `throws ${error}`);
  assert.deepEqual({ code: error.code, check: error.check }, { code: expect.code, check: expect.check });
  assert.deepEqual(JSON.parse(JSON.stringify(error)), report.rejection);
  const { message, ...rejection } = report.rejection;
  for (const [name, value] of Object.entries(rejection)) {
    assert.deepEqual(error[name], value, `error.${name}`);
  }
  assert.ok(error.message.startsWith(message), "the error begins with the fault's sentence");
  const failed = report.checks.filter(({ outcome }) => outcome === "failed").map(({ code }) => code);
  assert.equal(failed[0], expect.code);
  for (const code of expect.also ?? []) {
    assert.ok(failed.includes(code), `explain does not show ${code}`);
  }
  assert.ok(error.found.includes(expect.found_contains ?? ""), `found ${error.found}`);
  assert.ok(error.expected.includes(expect.expected_contains ?? ""), `expected ${error.expected}`);
  assert.ok([401, 403, 503].includes(error.status));
  for (const text of [error.message, error.remedy, error.expected, error.found]) {
    canBeShown(text);
  }
}

/** Judges in every way there is; all of them must come to the same. */
async function judge(verifier, token, expect) {
  const sync = outcome(() => verifier.verifySync(token));
  const report = verifier.explainSync(token);
  // Without keys, only the calls that never fetch can say so.
  if (expect.code !== "key.not_loaded") {
    const settled = await verifier.verify(token).then(
      (identity) => ({ identity }),
      (error) => ({ error }),
    );
    assert.deepEqual(plain(settled), plain(sync), "verify and verifySync differ");
    assert.deepEqual(await verifier.explain(token), report, "explain and explainSync differ");
  }
  return { ...sync, report };
}

function outcome(work) {
  try {
    return { identity: work() };
  } catch (error) {
    return { error };
  }
}

const plain = ({ identity, error }) => ({ identity, error: error && { ...error, message: error.message } });

function thrownBy(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Not empty, not long, and with no character that forges lines, drives terminals or turns text around. */
function canBeShown(text) {
  assert.ok(text.trim() !== "", "an empty text");
  assert.ok(text.length <= 2000, `${text.length} characters`);
  const harmful = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u;
  assert.ok(!harmful.test(text), JSON.stringify(text));
}

/** Neither the error nor the report may hold eight characters in a row of the token's signature. */
function leaksNothing(token, { error, report }) {
  if (token.length > 100_000) {
    return;
  }
  const runs = (token.split(".")[2] ?? "").split(/[^A-Za-z0-9_-]/).sort((a, b) => b.length - a.length);
  const signature = runs[0];
  const said = [JSON.stringify(report), error?.message, error?.stack, error && JSON.stringify(error)].join("\n");
  for (let end = 8; end <= signature.length; end += 1) {
    const part = signature.slice(end - 8, end);
    assert.ok(!said.includes(part), `shows ${part} of the signature`);
  }
}
