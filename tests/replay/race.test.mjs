// Two processes race with the same thousand tokens: of each token, exactly one of them accepts it.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

import { SERVERS, startServer } from "./server.mjs";
import { mint, newKey } from "./tokens.mjs";

const TOKENS = 1000;
/** Both get so many at once, and wait for each other: neither runs ahead of the race. */
const ROUND = 50;
const PAIRS = [
  ["redis 6", "redis 6"],
  ["ioredis 6", "ioredis 6"],
  ["redis 6", "ioredis 6"],
];

const pem = newKey();

for (const program of SERVERS) {
  for (const pair of PAIRS) {
    test(`${TOKENS} tokens at two processes: ${pair.join(" and ")}, one ${program}`, async (t) => {
      const server = await startServer(program);
      t.after(() => server.stop());
      const claimants = pair.map(() => fork(new URL("claimant.mjs", import.meta.url)));
      t.after(() => claimants.forEach((claimant) => claimant.kill()));
      await Promise.all(claimants.map((claimant, at) => ask(claimant, "connect", { name: pair[at], port: server.port, pem })));

      const won = [0, 0];
      let overlapping = 0;
      for (let first = 0; first < TOKENS; first += ROUND) {
        const tokens = Array.from({ length: ROUND }, (_, number) => mint(pem, `${pair} ${first + number}`));
        const both = await Promise.all(claimants.map((claimant) => ask(claimant, "present", { tokens })));
        for (const [at, token] of tokens.entries()) {
          const verdicts = both.map(({ verdicts }) => verdicts[at]);
          assert.deepEqual(verdicts.toSorted(), ["accepted", "token.replayed"], `token ${first + at}: ${token}`);
          won[verdicts.indexOf("accepted")] += 1;
        }
        overlapping += overlaps(...both.map(({ claims }) => claims));
      }
      claimants.forEach((claimant) => claimant.send({ kind: "end" }));

      assert.equal(won[0] + won[1], TOKENS);
      assert.equal(await server.command("DBSIZE"), `:${TOKENS}\r\n`);
      assert.ok(overlapping > 0, "no token was claimed by both at the same time: that was no race");
      t.diagnostic(
        `${TOKENS} tokens, each presented to both: accepted ${won.join(" + ")}, refused ${won.toReversed().join(" + ")}; ` +
          `${overlapping} were being claimed by both at the same time`,
      );
    });
  }
}

/** Of how many tokens the one claim had begun before the other had ended, and the other way round. */
function overlaps(ones, others) {
  const other = new Map(others.map((claim) => [claim.key, claim]));
  return ones.filter(({ key, from, to }) => from <= other.get(key).to && other.get(key).from <= to).length;
}

/** What a process answers; its death is an error. */
async function ask(claimant, kind, message) {
  const listening = new AbortController();
  const { signal } = listening;
  const ended = once(claimant, "exit", { signal }).then(([code]) => assert.fail(`the process ended with ${code}`));
  claimant.send({ kind, ...message });
  try {
    const [answer] = await Promise.race([once(claimant, "message", { signal }), ended]);
    assert.equal(answer.kind, kind);
    return answer;
  } finally {
    ended.catch(() => undefined);
    listening.abort();
  }
}
