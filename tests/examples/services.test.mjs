// Every service among the examples, by the code behind its one command: `cargo xtask example NAME --once`.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { commandOf, environment, folderOf, freePort, startService } from "../../xtask/examples/example.mjs";
import { AUDIENCE, mintTokens, startIssuer } from "../../xtask/examples/issuer.mjs";
import { EXAMPLES } from "../../xtask/examples/list.mjs";
import { run, start } from "../../xtask/examples/processes.mjs";

const RUN = join(import.meta.dirname, "../../xtask/examples/run.mjs");
const services = Object.keys(EXAMPLES).filter((name) => EXAMPLES[name].kind === "service");
/** Challenges to a bad token. */
const REFUSED = { full: /^Bearer .*error="invalid_token"/, plain: /^Bearer realm="api"$/ };

describe("examples of services", { concurrency: 2 }, () => {
  for (const name of services) {
    test(`${name} knows who calls, refuses others, and ends cleanly`, { timeout: 180_000 }, async () => {
      const program = start([process.execPath, RUN, name, "--once"]);
      const { code } = await program.ended;
      const output = program.output();
      assert.equal(code, 0, output);
      const answers = [...output.matchAll(/^> (\d+) (.*)$/gm)].map(([, status, rest]) => ({ status: Number(status), rest }));
      const stranger = EXAMPLES[name].trusts === "organization" ? 403 : 401;
      assert.deepEqual(answers.map(({ status }) => status), [200, 401, 401, 401, 403, stranger], output);
      assert.equal(JSON.parse(answers[0].rest).principal, "arn:aws:iam::111122223333:role/billing/Batch");
      assert.doesNotMatch(answers[1].rest, /error=/);
      for (const { status, rest } of answers.slice(2)) {
        assert.match(rest, status === 403 ? /^Bearer .*error="insufficient_scope"/ : REFUSED[EXAMPLES[name].challenge ?? "full"]);
      }
      const token = /eyJ[\w-]{20,}/.exec(output);
      assert.equal(token, null, "no token is printed");
    });
  }
});

test("where the keys cannot be had, a caller is told to come back", async () => {
  const issuer = await startIssuer();
  const { good } = await mintTokens(issuer.url);
  await issuer.stop();
  const service = await startService("express", issuer);
  try {
    const answer = await fetch(service.whoami, { headers: { authorization: `Bearer ${good}` } });
    assert.equal(answer.status, 503);
    assert.match(answer.headers.get("retry-after"), /^\d+$/);
  } finally {
    await service.stop();
  }
});

for (const name of services.filter((each) => EXAMPLES[each].lacks)) {
  test(`${name} says which setting it lacks`, async () => {
    const { ORGANIZATION, ISSUER, ...env } = environment(EXAMPLES[name]);
    const wanted = EXAMPLES[name].trusts.toUpperCase();
    const command = commandOf(EXAMPLES[name], env);
    const program = start(command, { cwd: folderOf(name), env: { ...env, AUDIENCE, PORT: String(await freePort()) } });
    const { code } = await program.ended;
    assert.notEqual(code, 0);
    assert.match(program.output(), new RegExp(`Set ${wanted}\\b`));
  });
}

test("next is built without its settings, and without the one that it lacks serves nobody", { timeout: 180_000 }, async ({ signal }) => {
  const { ORGANIZATION, ...env } = environment(EXAMPLES.next);
  const port = await freePort();
  const options = { cwd: folderOf("next"), env: { ...env, PORT: String(port) } };
  for (const command of EXAMPLES.next.build) await run(command, options);
  const program = start(EXAMPLES.next.start, options);
  const ask = () => fetch(`http://127.0.0.1:${port}/api/whoami`).catch(() => undefined);
  try {
    let answer;
    while (answer === undefined || !program.output().includes("Set ORGANIZATION")) {
      answer = await ask();
      await setTimeout(100, undefined, { signal });
    }
    assert.equal(answer.status, 500);
  } finally {
    await program.stop();
  }
});

test("the tests that OpenTelemetry's example has itself", { timeout: 60_000 }, async () => {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const output = await run([process.execPath, "--test"], { cwd: folderOf("opentelemetry"), env });
  assert.match(output, /^# pass [1-9]/m);
});
