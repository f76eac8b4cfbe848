import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";

import { createVerifier, VerificationError } from "countersign";
import type { VerifierOptions, Verifier } from "countersign";

import { KEY_SET, NOW, localIssuer, mint, policyFor } from "./issuer.js";
import type { LocalIssuer } from "./issuer.js";

async function setUp(
  t: TestContext,
  options: VerifierOptions = {},
): Promise<{ local: LocalIssuer; verifier: Verifier; token: string }> {
  const local = await localIssuer();
  t.after(() => local.close());
  const verifier = createVerifier(policyFor(local.issuer), { now: () => NOW, ...options });
  return { local, verifier, token: mint({ iss: local.issuer }) };
}

async function refusal(work: Promise<unknown>): Promise<VerificationError> {
  const error = await work.then(
    () => assert.fail("the token was accepted"),
    (error: unknown) => error,
  );
  assert.ok(error instanceof VerificationError, String(error));
  return error;
}

test("discovery, then the key set, then nothing more", async (t) => {
  const { local, verifier, token } = await setUp(t);
  const identity = await verifier.verify(token);
  assert.equal(identity.issuer, local.issuer);
  await verifier.verify(mint({ iss: local.issuer }, "RS256"));
  verifier.verifySync(token);
  assert.deepEqual(local.requests, [
    "/7d0c3b52/.well-known/openid-configuration",
    "/7d0c3b52/.well-known/jwks.json",
  ]);
});

test("twenty cold verifications at once share one discovery and one key set", async (t) => {
  const { local, verifier, token } = await setUp(t);
  const all = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)));
  assert.equal(all.length, 20);
  assert.equal(local.requests.length, 2);
});

test("verifySync on a cold cache says what to do, and fetches nothing", async (t) => {
  const { local, verifier, token } = await setUp(t);
  assert.throws(
    () => verifier.verifySync(token),
    (error: unknown) => {
      assert.ok(error instanceof VerificationError);
      assert.equal(error.code, "key.not_loaded");
      assert.equal(error.retryable, true);
      assert.equal(error.status, 503);
      return true;
    },
  );
  assert.equal(verifier.explainSync(token).accepted, false);
  assert.deepEqual(local.requests, []);
  // Neither call may stand in the way of the one that fetches.
  await verifier.verify(token);
  verifier.verifySync(token);
});

test("a body that never ends within the time is a timeout", async (t) => {
  const { local, verifier, token } = await setUp(t, { keyStore: { fetchTimeoutSeconds: 1 } });
  local.answer("keys", (_request, response) => {
    response.write('{"keys":[');
  });
  const start = Date.now();
  const error = await refusal(verifier.verify(token));
  assert.equal(error.code, "key.unavailable");
  assert.match(error.found, /within 1 s/);
  assert.ok(Date.now() - start < 5000);
});

test("a fetch of the host's own that never settles is a timeout as well", async (t) => {
  const { verifier, token } = await setUp(t, {
    keyStore: { fetchTimeoutSeconds: 1 },
    fetch: () => new Promise(() => undefined),
  });
  assert.equal((await refusal(verifier.verify(token))).code, "key.unavailable");
});

test("an endless body is cut off at the limit", async (t) => {
  const { local, verifier, token } = await setUp(t);
  let sent = 0;
  const closed = new Promise<void>((resolve) => {
    local.answer("keys", (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, " ");
      const send = (): void => {
        while (!response.destroyed && response.write(chunk)) {
          sent += chunk.length;
        }
      };
      response.on("drain", send);
      response.on("close", () => resolve());
      send();
    });
  });
  const error = await refusal(verifier.verify(token));
  assert.equal(error.code, "key.unavailable");
  assert.match(error.found, /more than \d+ bytes/);
  await closed;
  assert.ok(sent < 32 * 1024 * 1024, `${sent} bytes were taken in`);
});

test("a redirect is not followed", async (t) => {
  const elsewhere = await localIssuer();
  t.after(() => elsewhere.close());
  const { local, verifier, token } = await setUp(t);
  local.answer("keys", (_request, response) => {
    response.writeHead(302, { location: `${elsewhere.issuer}/.well-known/jwks.json` }).end();
  });
  const error = await refusal(verifier.verify(token));
  assert.equal(error.code, "key.unavailable");
  assert.match(error.found, /redirect/);
  assert.deepEqual(elsewhere.requests, []);
});

test("a status other than 200 is told", async (t) => {
  const { local, verifier, token } = await setUp(t);
  local.answer("discovery", (_request, response) => {
    response.writeHead(500).end("no");
  });
  const error = await refusal(verifier.verify(token));
  assert.equal(error.code, "key.unavailable");
  assert.equal(error.retryable, true);
  assert.match(error.found, /500/);
});

test("a refused connection is told by its cause, not as `fetch failed`", async (t) => {
  const { local, verifier, token } = await setUp(t);
  await local.close();
  const error = await refusal(verifier.verify(token));
  assert.equal(error.code, "key.unavailable");
  assert.match(error.found, /ECONNREFUSED/);
});

test("a clock that leaps at every reading ends in a refusal, not in fetching for ever", async (t) => {
  let now = NOW;
  const { local, verifier, token } = await setUp(t, { now: () => (now += 20) });
  const error = await refusal(verifier.verify(token));
  assert.equal(error.retryable, true, error.code);
  assert.ok(local.requests.length <= 8);
});

test("a fetch of the host's own is used, with the headers and limits asked for", async (t) => {
  const urls: string[] = [];
  const { local, verifier, token } = await setUp(t, {
    fetch: (url, init) => {
      urls.push(url);
      assert.equal(init.redirect, "manual");
      assert.match(init.headers["accept"] ?? "", /json/);
      return fetch(url, init);
    },
  });
  await verifier.verify(token);
  assert.deepEqual(urls, local.requests.map((path) => new URL(path, local.issuer).href));
});

test("a fetch of the host's own that throws is an unavailable key, not a crash", async (t) => {
  const { verifier, token } = await setUp(t, {
    fetch: () => {
      throw new Error("the proxy is down");
    },
  });
  const error = await refusal(verifier.verify(token));
  assert.equal(error.code, "key.unavailable");
  assert.match(error.found, /the proxy is down/);
});

test("an issuer with static keys is never fetched", async (t) => {
  const { local, token } = await setUp(t);
  const verifier = createVerifier(policyFor(local.issuer), {
    now: () => NOW,
    keys: { [local.issuer]: KEY_SET },
  });
  assert.equal(verifier.verifySync(token).tokenId, "5f2c9a34-6b1e-4d0c-8a77-0d3b6a2e9c11");
  await verifier.verify(token);
  assert.deepEqual(local.requests, []);
});

test("http off loopback is never fetched, whatever the policy says", async () => {
  const issuer = "http://192.0.2.1:8460/7d0c3b52";
  assert.throws(() => createVerifier(policyFor(issuer)), { name: "PolicyError" });
});

test("a stranger's token causes no fetch", async (t) => {
  const { local } = await setUp(t);
  let fetches = 0;
  const verifier = createVerifier(
    { audience: "https://api.example.com", trust: [{ organization: "o-abc1234567" }] },
    {
      now: () => NOW,
      fetch: () => {
        fetches += 1;
        throw new Error("no fetch was expected");
      },
    },
  );
  const iss = "https://7d0c3b52.tokens.sts.global.api.aws";
  const error = await refusal(verifier.verify(mint({ iss, aws: { org_id: "o-stranger99" } })));
  assert.equal(error.status, 403);
  assert.equal((await refusal(verifier.verify(mint({ iss: local.issuer })))).code, "issuer.untrusted");
  assert.equal(fetches, 0);
});
