// The AWS-side callers, against the local issuer and services that accept, refuse, and cannot answer.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { startCaller, startService } from "../../xtask/examples/example.mjs";
import { startIssuer } from "../../xtask/examples/issuer.mjs";
import { EXAMPLES } from "../../xtask/examples/list.mjs";

const callers = Object.keys(EXAMPLES).filter((name) => EXAMPLES[name].kind === "caller");
let issuer;
let service;

before(async () => {
  issuer = await startIssuer();
  service = await startService("express", issuer);
});
after(async () => {
  await service?.stop();
  await issuer?.stop();
});

for (const name of callers) {
  describe(name, { concurrency: 4 }, () => {
    test("is known to the Express example by its role", async () => {
      const { code, out, printed } = await called(name, service.whoami);
      assert.equal(code, 0, out);
      assert.equal(JSON.parse(printed).principal, "arn:aws:iam::111122223333:role/billing/Batch");
    });

    test("replaces a refused token by a new one, and waits where it is told to", async () => {
      const seen = await scripted([{ status: 503, retryAfter: "1" }, { status: 401 }, { status: 200 }], (url) => called(name, url));
      assert.equal(seen.result.code, 0, seen.result.out);
      assert.match(seen.result.out, /^answer 3$/m);
      const [first, second, third] = seen.requests;
      assert.equal(first.id, second.id, "a service that cannot answer refused no token");
      assert.ok(second.at - first.at >= 1000, `it waited ${second.at - first.at} ms`);
      assert.notEqual(second.id, third.id, "the refused token was sent again");
      assert.equal(seen.requests.length, 3);
    });

    test("gives up where a new token is refused too", async () => {
      const seen = await scripted([{ status: 401 }, { status: 401 }, { status: 200 }], (url) => called(name, url));
      assert.equal(seen.result.code, 1);
      assert.match(seen.result.out, /^401 Bearer error="invalid_token"$/m);
      assert.equal(seen.requests.length, 2);
    });

    test("does not follow a redirect with its token", async () => {
      const seen = await scripted([{ status: 302, location: "/elsewhere" }, { status: 200 }], (url) => called(name, url));
      assert.notEqual(seen.result.code, 0);
      assert.equal(seen.requests.length, 1);
    });

    test("sends a token again while it lives, and has a new one before it expires", async () => {
      const answers = Array.from({ length: 6 }, () => ({ status: 200 }));
      const again = await scripted(answers.slice(0, 3), (url, enough) => called(name, url, { EVERY_SECONDS: "0.1" }, enough));
      assert.equal(new Set(again.requests.map(({ id }) => id)).size, 1);
      // Of 60 seconds, 58 before the end: after two.
      const renewing = { EVERY_SECONDS: "1.3", TOKEN_SECONDS: "60", RENEW_SECONDS_BEFORE: "58" };
      const anew = await scripted(answers.slice(0, 4), (url, enough) => called(name, url, renewing, enough));
      assert.ok(new Set(anew.requests.map(({ id }) => id)).size >= 2, "it had no new token");
      anew.requests.slice(1).forEach(({ id, at }, index) => {
        const former = anew.requests[index];
        const age = at / 1000 - former.issuedAt;
        // A caller counts whole seconds from before it asked; asking takes a second on a busy machine.
        assert.ok(id === former.id || age >= 1, `a token was replaced after ${age} s`);
      });
    });

    test("goes on with its token while STS cannot be asked, and ends where it has none", async () => {
      const own = await startIssuer();
      // A new one is due at each call.
      const due = { EVERY_SECONDS: "0.1", TOKEN_SECONDS: "60", RENEW_SECONDS_BEFORE: "60", AWS_MAX_ATTEMPTS: "1" };
      const answers = [{ status: 200, first: own.stop }, { status: 200 }];
      const seen = await scripted(answers, (url, enough) => called(name, url, due, enough, own));
      assert.equal(seen.requests[0].id, seen.requests[1].id);
      const none = await called(name, "http://127.0.0.1:1/", { AWS_MAX_ATTEMPTS: "1" }, undefined, own);
      assert.notEqual(none.code, 0);
    });
  });
}

/** Runs a caller until it ends, or `enough` resolves: how it ended, and what it said. */
async function called(name, url, env = {}, enough, sts = issuer) {
  const caller = startCaller(name, sts, url, { env });
  const { code } = await (enough === undefined ? caller.ended : Promise.race([caller.ended, enough.then(caller.stop)]));
  return { code, out: caller.output(), printed: caller.printed() };
}

/**
 * What `act` ends with, while a service gives these answers in turn, each after what it does `first`; and the requests
 * that the service gets: when, by which token, and when that was issued.
 */
async function scripted(answers, act) {
  const requests = [];
  let tell;
  const enough = new Promise((resolve) => (tell = resolve));
  const server = createServer(async (request, response) => {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization)?.[1];
    const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
    requests.push({ at: Date.now(), id: claims.jti, issuedAt: claims.iat });
    const { status, retryAfter, location, first } = answers[requests.length - 1] ?? { status: 500 };
    await first?.();
    if (retryAfter) response.setHeader("retry-after", retryAfter);
    if (location) response.setHeader("location", location);
    if (status === 401) response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
    response.writeHead(status).end(`answer ${requests.length}`);
    if (requests.length === answers.length) tell();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return { result: await act(`http://127.0.0.1:${server.address().port}/`, enough), requests };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
