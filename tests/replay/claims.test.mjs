// Each client against a real server: what is claimed, for how long, and what a full server does.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { createVerifier, redisReplay } from "../conformance/node/package-under-test.mjs";
import { CLIENTS, CLUSTER_CLIENTS } from "./clients.mjs";
import { freePort, SERVERS, startServer } from "./server.mjs";
import { CLOCK_TOLERANCE_SECONDS, keyOf, keysOf, mint, newKey, POLICY, seconds } from "./tokens.mjs";

/** `redisReplay` remembers a token for this much longer than one host's clock says. */
const SPARE_SECONDS = 60;

const pem = newKey();
const keys = keysOf(pem);

function protectedBy(store, whenUnavailable = "refuse") {
  // The answers of a busy machine may be late: nothing here is about that.
  return createVerifier(POLICY, { keys, replay: { store, whenUnavailable, timeoutSeconds: 60 } });
}

for (const program of SERVERS) {
  const server = await startServer(program);
  after(() => server.stop());
  const settings = ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port", await freePort()];
  const cluster = await startServer(program, { settings });
  after(() => cluster.stop());
  assert.equal(await cluster.command("CLUSTER", "ADDSLOTSRANGE", 0, 16383), "+OK\r\n");
  while (!(await cluster.command("CLUSTER", "INFO")).includes("cluster_state:ok")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  for (const [on, clients] of [[server, CLIENTS], [cluster, CLUSTER_CLIENTS]]) {
    for (const [name, connect] of Object.entries(clients)) {
      test(`${name}, ${program}: a token is claimed once, until it is over`, async (t) => {
        const { client, close } = await connect(on.port);
        t.after(close);
        await on.command("FLUSHALL");
        const verifier = protectedBy(redisReplay(client));
        const [now, jti] = [seconds(), `${name} ☂`];
        const token = mint(pem, jti, { iat: now, exp: now + 900 });

        assert.equal((await verifier.explain(token)).accepted, true);
        assert.equal(await on.command("DBSIZE"), ":0\r\n", "explain claims nothing");
        assert.equal((await verifier.verify(token)).tokenId, jti);
        await assert.rejects(verifier.verify(token), { code: "token.replayed", status: 401 });
        assert.equal((await verifier.explain(token)).rejection?.code, "token.replayed");
        const all = await Promise.allSettled(Array.from({ length: 20 }, () => verifier.verify(mint(pem, "same"))));
        assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1);

        const key = `countersign:once:${keyOf(jti)}`;
        assert.equal(await on.command("GET", key), "$1\r\n1\r\n");
        const expiry = integer(await on.command("EXPIRETIME", key)) ?? (seconds() + integer(await on.command("TTL", key)));
        const expected = now + 900 + CLOCK_TOLERANCE_SECONDS + SPARE_SECONDS;
        // The time that it took to get here stands on top: 30 seconds are plenty.
        assert.ok(expiry >= expected && expiry <= expected + 30, `expires at ${expiry}, not about ${expected}`);
      });
    }
  }

  test(`${program}: services with prefixes of their own claim apart`, async (t) => {
    const { client, close } = await CLIENTS["redis 6"](server.port);
    t.after(close);
    const token = mint(pem, "for two services");
    const [one, other] = ["one:", "other:"].map((prefix) => protectedBy(redisReplay(client, { prefix })));
    await one.verify(token);
    await other.verify(token);
    await assert.rejects(one.verify(token), { code: "token.replayed" });
    assert.equal(await server.command("EXISTS", `other:${keyOf("for two services")}`), ":1\r\n");
  });

  for (const name of ["redis 6", "ioredis 6"]) {
    test(`${name}, ${program}: a full server refuses, whatever was chosen, and recovers`, async (t) => {
      const { client, close } = await CLIENTS[name](server.port);
      t.after(close);
      t.after(() => server.command("CONFIG", "SET", "maxmemory", 0));
      await server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
      for (const whenUnavailable of ["accept", "refuse"]) {
        const verifier = protectedBy(redisReplay(client), whenUnavailable);
        const [used, fresh] = ["used", "fresh"].map((jti) => mint(pem, `${name} ${whenUnavailable} ${jti}`));
        await verifier.verify(used);
        await server.command("CONFIG", "SET", "maxmemory", 1);
        await assert.rejects(verifier.verify(fresh), { code: "replay.full", status: 503, retryable: true });
        await server.command("CONFIG", "SET", "maxmemory", 0);
        await assert.rejects(verifier.verify(used), { code: "token.replayed" });
        await verifier.verify(fresh);
      }
    });
  }
}

test("a store that answers later does not serve verifySync", async (t) => {
  const server = await startServer();
  t.after(() => server.stop());
  const { client, close } = await CLIENTS["ioredis 6"](server.port);
  t.after(close);
  const verifier = protectedBy(redisReplay(client));
  const token = mint(pem, "sync");
  assert.throws(() => verifier.verifySync(token), { code: "options.replay_async" });
  await verifier.verify(token);
});

function integer(reply) {
  const [, digits] = /^:(\d+)\r\n$/.exec(reply) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
