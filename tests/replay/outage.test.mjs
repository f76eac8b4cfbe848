// A server that stops, is slow, or answers something else: refused or accepted by choice, and never hanging.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createVerifier, redisReplay, VerificationError } from "../conformance/node/package-under-test.mjs";
import { CLIENTS } from "./clients.mjs";
import { startProxy } from "./proxy.mjs";
import { startServer } from "./server.mjs";
import { keyOf, keysOf, mint, newKey, POLICY } from "./tokens.mjs";

const CHOICES = ["accept", "refuse"];
const NAMES = ["redis 6", "redis 6 without a queue", "redis 4", "ioredis 6", "ioredis 6 without a queue"];

const pem = newKey();
const keys = keysOf(pem);

function protectedBy(client, whenUnavailable, timeoutSeconds) {
  const outcomes = [];
  const onEvent = (event) => event.type === "replay" && outcomes.push(event.outcome);
  const replay = { store: redisReplay(client), whenUnavailable, timeoutSeconds };
  return { verifier: createVerifier(POLICY, { keys, replay, onEvent }), outcomes };
}

async function codeOf(verifier, token) {
  try {
    await verifier.verify(token);
    return "accepted";
  } catch (error) {
    assert.ok(error instanceof VerificationError, String(error));
    return error.code;
  }
}

for (const name of NAMES) {
  test(`${name}: a server that stops refuses or accepts by choice, and serves again when it is back`, async (t) => {
    let server = await startServer();
    t.after(() => server.stop());
    const { client, close } = await CLIENTS[name](server.port);
    t.after(close);
    const both = Object.fromEntries(CHOICES.map((choice) => [choice, protectedBy(client, choice, 0.3)]));
    await protectedBy(client, "refuse", 60).verifier.verify(mint(pem, "before"));

    await server.stop();
    assert.equal(await codeOf(both.refuse.verifier, mint(pem, "a")), "replay.unavailable");
    assert.equal(await codeOf(both.accept.verifier, mint(pem, "b")), "accepted");
    assert.equal((await both.refuse.verifier.explain(mint(pem, "c"))).rejection?.code, "replay.unavailable");
    assert.equal((await both.accept.verifier.explain(mint(pem, "c"))).accepted, true);
    for (const { outcomes } of Object.values(both)) {
      assert.ok(outcomes.slice(-2).every((outcome) => outcome === "failed" || outcome === "timeout"), `${outcomes}`);
    }

    server = await startServer(undefined, { port: server.port });
    const patient = protectedBy(client, "refuse", 60).verifier;
    const later = mint(pem, "later");
    // A client that queues nothing has to be connected again first.
    while ((await codeOf(patient, later)) === "replay.unavailable") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(await codeOf(patient, later), "token.replayed");
  });

  test(`${name}: a server that is slow is an outage, and may use the token up`, async (t) => {
    const server = await startServer();
    t.after(() => server.stop());
    const proxy = await startProxy(server.port);
    t.after(() => proxy.stop());
    const { client, close } = await CLIENTS[name](proxy.port);
    t.after(close);
    for (const whenUnavailable of CHOICES) {
      const { verifier, outcomes } = protectedBy(client, whenUnavailable, 0.2);
      const jti = `slow, ${whenUnavailable}`;
      proxy.hold();
      const code = await codeOf(verifier, mint(pem, jti));
      assert.equal(code, whenUnavailable === "accept" ? "accepted" : "replay.unavailable");
      assert.deepEqual(outcomes, ["timeout"]);
      while ((await server.command("EXISTS", `countersign:once:${keyOf(jti)}`)) !== ":1\r\n") {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      proxy.release();
      assert.equal(await codeOf(protectedBy(client, whenUnavailable, 60).verifier, mint(pem, jti)), "token.replayed");
    }
  });

  test(`${name}: an error of the server is an outage; a reply of another kind refuses whatever was chosen`, async (t) => {
    const server = await startServer();
    t.after(() => server.stop());
    const proxy = await startProxy(server.port);
    t.after(() => proxy.stop());
    const { client, close } = await CLIENTS[name](proxy.port);
    t.after(close);
    const failures = [
      "-READONLY You can't write against a read only replica.\r\n",
      "-NOPERM this user has no permissions to run the 'set' command\r\n",
      "-LOADING Redis is loading the dataset in memory\r\n",
      "-ERR OOM is only told at the beginning\r\n",
    ];
    const others = [":1\r\n", ":0\r\n", "+QUEUED\r\n", "+\r\n", "$2\r\nok\r\n", "$0\r\n\r\n", "*0\r\n", "*1\r\n+OK\r\n"];
    let number = 0;
    for (const whenUnavailable of CHOICES) {
      const { verifier, outcomes } = protectedBy(client, whenUnavailable, 60);
      const codeWith = async (reply) => {
        proxy.answer(reply);
        const code = await codeOf(verifier, mint(pem, `${(number += 1)}`));
        proxy.answer(null);
        return [code, outcomes.at(-1)];
      };
      for (const reply of failures) {
        const code = whenUnavailable === "accept" ? "accepted" : "replay.unavailable";
        assert.deepEqual(await codeWith(reply), [code, "failed"], reply);
      }
      for (const reply of others) {
        assert.deepEqual(await codeWith(reply), ["replay.unavailable", "unclear"], reply);
      }
      assert.deepEqual(await codeWith("-OOM command not allowed when used memory > 'maxmemory'.\r\n"), ["replay.full", "full"]);
      assert.deepEqual(await codeWith("$-1\r\n"), ["token.replayed", "seen"]);
      assert.deepEqual(await codeWith("+OK\r\n"), ["accepted", "first"]);
      assert.deepEqual(await codeWith(null), ["accepted", "first"]);
    }
  });
}
