/** The life of keys as a service meets it: renewal, outages, withdrawal, cold starts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";

import { createVerifier, OptionsError, VerificationError } from "countersign";
import type { SnapshotStore, Verifier, VerifierEvent, VerifierOptions } from "countersign";

import { KEY_SET, NOW, json, keyRing, localIssuer, mint, policyFor } from "./issuer.js";
import type { Answer, LocalIssuer } from "./issuer.js";

interface World {
  local: LocalIssuer;
  events: VerifierEvent[];
  verifier: Verifier;
  clock: { now: number };
  token(): string;
}

async function setUp(t: TestContext, options: VerifierOptions = {}): Promise<World> {
  const local = await localIssuer();
  t.after(() => local.close());
  const clock = { now: NOW };
  const events: VerifierEvent[] = [];
  const verifier = createVerifier(policyFor(local.issuer), {
    now: () => clock.now,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const token = (): string => mint({ iss: local.issuer, iat: clock.now, exp: clock.now + 300 });
  return { local, events, verifier, clock, token };
}

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail("the token was accepted"),
    (error: unknown) => error,
  );
  assert.ok(error instanceof VerificationError, String(error));
  return error.code;
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!condition()) {
    assert.ok(Date.now() < end, "it did not come to that within 5 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function of<T extends VerifierEvent["type"]>(
  events: readonly VerifierEvent[],
  type: T,
): Extract<VerifierEvent, { type: T }>[] {
  return events.filter((event): event is Extract<VerifierEvent, { type: T }> => event.type === type);
}

const down: Answer = (_request, response) => {
  response.writeHead(503).end("down");
};

const LIFETIME = 3600;

test("keys are renewed in the background while they still serve", async (t) => {
  const { local, events, verifier, clock, token } = await setUp(t);
  await verifier.verify(token());
  let release: (() => void) | undefined;
  local.answer("keys", (request, response) => {
    release = () => json(KEY_SET)(request, response);
  });
  clock.now += LIFETIME - 30;
  // Held back by the issuer, the renewal holds back no token.
  await verifier.verify(token());
  await verifier.verify(token());
  await until(() => release !== undefined);
  assert.equal(local.requests.length, 4, "discovery and key set, twice");
  release?.();
  await until(() => of(events, "keys").length === 2);
  assert.deepEqual(of(events, "fetch").map(({ background }) => background), [false, false, true, true]);
  clock.now += LIFETIME - 1000;
  verifier.verifySync(token());
  assert.deepEqual(of(events, "verified").map(({ waits, stale }) => [waits, stale]), [
    [1, false],
    [0, false],
    [0, false],
    [0, false],
  ]);
});

test("what goes on in the background is handed to the host, which may throw", async (t) => {
  const works: Promise<unknown>[] = [];
  const store: SnapshotStore = { load: () => undefined, save: () => new Promise((resolve) => setTimeout(resolve, 20)) };
  const waitUntil = (work: Promise<unknown>): never => {
    works.push(work);
    throw new Error("outside of a request");
  };
  const { local, events, verifier, clock, token } = await setUp(t, { store, waitUntil });
  await verifier.verify(token());
  await Promise.all(works.splice(0));
  assert.deepEqual(of(events, "store").map(({ operation }) => operation), ["load", "save"], "saved when all of it is done");
  local.answer("keys", down);
  clock.now += LIFETIME - 30;
  await verifier.verify(token());
  await Promise.all(works.splice(0));
  assert.deepEqual(of(events, "keys").map(({ type }) => type), ["keys", "keys"], "renewed, in vain, when it is done");
});

test("while the issuer is down its keys serve on, for a bounded time", async (t) => {
  const { local, events, verifier, clock, token } = await setUp(t, { keyStore: { staleIfErrorSeconds: 7200 } });
  await verifier.verify(token());
  local.answer("keys", down);
  local.answer("discovery", down);
  clock.now += LIFETIME + 1;
  await verifier.verify(token());
  assert.equal(verifier.verifySync(token()).issuer, local.issuer);
  assert.equal(of(events, "verified").at(-1)?.stale, true);
  assert.ok(verifier.metrics().staleServes >= 2);
  clock.now += 7200;
  assert.equal(await code(verifier.verify(token())), "key.unavailable");
  local.answer("keys", undefined);
  local.answer("discovery", undefined);
  clock.now += 600;
  await verifier.verify(token());
  assert.equal(of(events, "verified").at(-1)?.stale, false);
});

test("a key that the issuer withdrew is refused once that is known, and stays refused", async (t) => {
  const { local, events, verifier, clock } = await setUp(t);
  const ring = keyRing("EC384_0", "EC384_1");
  const token = (keyId: string): string =>
    ring.mint(keyId, { iss: local.issuer, iat: clock.now, exp: clock.now + 300 });
  local.answer("keys", json(ring.keySet));
  await verifier.verify(token("EC384_0"));
  const before = verifier.snapshot();
  local.answer("keys", json({ keys: (ring.keySet as { keys: object[] }).keys.slice(1) }));
  clock.now += LIFETIME + 1;
  assert.equal(await code(verifier.verify(token("EC384_0"))), "key.unknown");
  assert.deepEqual(of(events, "keys").map((event) => event.kind === "loaded" && event.withdrawn), [[], ["EC384_0"]]);
  assert.equal(verifier.restore(before).loaded.length, 0);
  assert.equal(await code(verifier.verify(token("EC384_0"))), "key.unknown");
  await verifier.verify(token("EC384_1"));
});

test("a key that was replaced under its id is found out by the first token of the new one", async (t) => {
  const { local, verifier, clock } = await setUp(t);
  const [old, young] = [keyRing("EC384_0"), keyRing("EC384_0")];
  const claims = (): { iss: string; iat: number; exp: number } => ({
    iss: local.issuer,
    iat: clock.now,
    exp: clock.now + 300,
  });
  local.answer("keys", json(old.keySet));
  await verifier.verify(old.mint("EC384_0", claims()));
  local.answer("keys", json(young.keySet));
  clock.now += 61;
  await verifier.verify(young.mint("EC384_0", claims()));
  assert.equal(await code(verifier.verify(old.mint("EC384_0", claims()))), "signature.invalid");
});

test("a genuine rotation right after a flood of junk key ids is picked up at its first token", async (t) => {
  const { local, verifier } = await setUp(t);
  const ring = keyRing("EC384_0", "EC384_1");
  const { keys } = ring.keySet as { keys: object[] };
  local.answer("keys", json({ keys: keys.slice(0, 1) }));
  await verifier.verify(ring.mint("EC384_0", { iss: local.issuer }));
  const [header, ...rest] = ring.mint("EC384_0", { iss: local.issuer }).split(".") as [string, ...string[]];
  const parsed = JSON.parse(Buffer.from(header, "base64url").toString()) as object;
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const junk = Buffer.from(JSON.stringify({ ...parsed, kid: `junk-${index}` })).toString("base64url");
      return code(verifier.verify([junk, ...rest].join(".")));
    }),
  );
  assert.deepEqual([...new Set(codes)], ["key.unknown"]);
  assert.equal(local.requests.length, 2, "the flood fetched something");
  local.answer("keys", json(ring.keySet));
  await verifier.verify(ring.mint("EC384_1", { iss: local.issuer }));
});

test("ready has the keys at hand before the first token", async (t) => {
  const { local, verifier, token } = await setUp(t);
  assert.deepEqual(await verifier.ready(), { ready: true, issuers: [{ issuer: local.issuer, ready: true }] });
  assert.equal(verifier.verifySync(token()).issuer, local.issuer);
  await Promise.all([verifier.ready(), verifier.ready()]);
  assert.equal(local.requests.length, 2);
});

test("ready tells of an issuer that is down, and renews what is nearly over", async (t) => {
  const { local, verifier, clock, token } = await setUp(t);
  local.answer("discovery", down);
  const answer = await verifier.ready();
  assert.equal(answer.ready, false);
  assert.match(answer.issuers[0]?.reason ?? "", /503/);
  local.answer("discovery", undefined);
  clock.now += 10;
  assert.equal((await verifier.ready()).ready, true);
  clock.now += LIFETIME - 30;
  await verifier.ready();
  clock.now += LIFETIME - 1000;
  verifier.verifySync(token());
});

test("a snapshot serves a cold process, for as long as it would have served where it was made", async (t) => {
  const { local, verifier, token, clock } = await setUp(t);
  await verifier.verify(token());
  const snapshot = verifier.snapshot();
  const cold = createVerifier(policyFor(local.issuer), { now: () => clock.now });
  assert.deepEqual(cold.restore(snapshot), { loaded: [local.issuer], skipped: [] });
  cold.verifySync(token());
  assert.equal(local.requests.length, 2);
  clock.now += LIFETIME;
  assert.throws(() => cold.verifySync(token()), { code: "key.not_loaded" });
  const stranger = createVerifier(policyFor("http://127.0.0.1:1/other"), { now: () => clock.now });
  assert.equal(stranger.restore(snapshot).skipped[0]?.issuer, local.issuer);
});

test("a text that is no snapshot is an error by name", async (t) => {
  const { verifier } = await setUp(t);
  for (const text of ["", "{}", '{"version":2,"issuers":[]}', "null"]) {
    assert.throws(
      () => verifier.restore(text),
      (error) => error instanceof OptionsError && error.code === "options.snapshot",
    );
  }
  assert.throws(() => verifier.restore(undefined as never), { code: "options.snapshot" });
});

test("a store is read once, before the first fetch, and written after keys have changed", async (t) => {
  const saved: string[] = [];
  const first = await setUp(t, {
    store: { load: () => saved.at(-1), save: (snapshot) => void saved.push(snapshot) },
  });
  await Promise.all([first.verifier.verify(first.token()), first.verifier.verify(first.token())]);
  await until(() => saved.length === 1);
  assert.deepEqual(of(first.events, "store").map(({ operation }) => operation), ["load", "save"]);
  let loads = 0;
  const load = async (): Promise<string | undefined> => {
    loads += 1;
    return saved[0];
  };
  const second = createVerifier(policyFor(first.local.issuer), {
    now: () => NOW,
    store: { load, save: () => assert.fail("nothing has changed") },
  });
  assert.throws(() => second.verifySync(first.token()), { code: "key.not_loaded" });
  assert.equal(await code(second.verify("no token")), "token.segments");
  assert.equal(loads, 0, "a token that is refused anyway had the store read");
  await Promise.all([second.verify(first.token()), second.verify(first.token()), second.ready()]);
  assert.equal(loads, 1);
  assert.equal(first.local.requests.length, 2);
});

test("a store that fails, or holds rubbish, costs fetches and nothing else", async (t) => {
  const failing = (): never => {
    throw new Error("the disk is full");
  };
  for (const store of [
    { load: failing, save: failing },
    { load: async () => failing(), save: async () => failing() },
    { load: () => "rubbish", save: () => undefined },
    { load: () => 7 as never, save: () => undefined },
    { load: () => null, save: () => undefined },
  ]) {
    const { verifier, token, events } = await setUp(t, { store });
    await verifier.verify(token());
    await until(() => of(events, "store").length === 2);
  }
});

test("events tell what happened and hold no part of a token", async (t) => {
  const { local, events, verifier, token } = await setUp(t);
  const good = token();
  const bad = `${good.slice(0, -4)}AAAA`;
  await verifier.verify(good);
  await code(verifier.verify(bad));
  await code(verifier.verify(mint({ iss: local.issuer, aud: "https://elsewhere.example" })));
  await verifier.explain(good);
  const text = JSON.stringify(events);
  for (const part of [...good.split("."), ...bad.split("."), "elsewhere"]) {
    assert.ok(!text.includes(part));
  }
  assert.deepEqual(
    events.map((event) => [event.type, "code" in event ? event.code : undefined]),
    [
      ["fetch", undefined],
      ["fetch", undefined],
      ["keys", undefined],
      ["verified", undefined],
      ["refused", "signature.invalid"],
      ["refused", "audience.mismatch"],
    ],
  );
  for (const event of events) {
    assert.ok(!("durationMs" in event) || event.durationMs >= 0);
  }
});

test("metrics count what happened", async (t) => {
  const { local, verifier, token } = await setUp(t);
  local.answer("discovery", down);
  await code(verifier.verify(token()));
  await code(verifier.verify("no token"));
  const other = await setUp(t);
  await other.verifier.verify(other.token());
  other.verifier.verifySync(other.token());
  await code(other.verifier.verify("no token"));
  assert.deepEqual(verifier.metrics().refused, { "key.unavailable": 1, "token.segments": 1 });
  const metrics = other.verifier.metrics();
  const { verified, hits, fetches, failedFetches, staleServes, traps } = metrics;
  assert.deepEqual(
    { verified, hits, fetches, failedFetches, staleServes, traps },
    { verified: 2, hits: 1, fetches: 2, failedFetches: 0, staleServes: 0, traps: 0 },
  );
  assert.equal(metrics.verification.count, 3);
  assert.equal(metrics.verification.counts.reduce((sum, count) => sum + count), 3);
  assert.equal(metrics.verification.counts.length, metrics.verification.boundsMs.length + 1);
  assert.equal(metrics.fetch.count, 2);
  assert.equal(verifier.metrics().failedFetches, 1);
});

test("a listener that fails refuses no token", async (t) => {
  for (const onEvent of [
    () => {
      throw new Error("the log is full");
    },
    () => Promise.reject(new Error("the log is full")),
  ]) {
    const { verifier, token } = await setUp(t, { onEvent });
    await verifier.verify(token());
    verifier.verifySync(token());
  }
});
