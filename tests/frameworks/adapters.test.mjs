// What is each adapter's own, and what all have in common beside their answers.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createHttp2Server, connect } from "node:http2";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { CredentialsError, OptionsError, VerificationError } from "countersign/errors";
import { authenticate as forExpress, identityOf as identityOfExpress } from "countersign/express";
import { authenticate as forFastify, identityOf as identityOfFastify } from "countersign/fastify";
import { createAuthenticator, withIdentity } from "countersign/fetch";
import { authenticate as forHono } from "countersign/hono";
import { authenticate as forKoa, identityOf as identityOfKoa } from "countersign/koa";
import { policyAuthorizer, simpleAuthorizer, viewerRequest, withIdentity as forLambda } from "countersign/lambda";
import { authenticate as forNext } from "countersign/next";
import Fastify from "fastify";
import { Hono } from "hono";

import { ask } from "./asking.mjs";
import { BREAKING, ROLE } from "./service.mjs";
import { GOOD, verifier } from "./requests.mjs";

const NAMES = ["express", "fastify", "fetch", "hono", "koa", "lambda", "next"];
const headers = { authorization: `Bearer ${GOOD}` };
const packageFolder = join(import.meta.dirname, "node_modules/countersign");

for (const name of NAMES) {
  test(`${name}: CommonJS has what ESM has, and neither brings WebAssembly or Node along`, async () => {
    const esm = await import(`countersign/${name}`);
    const cjs = createRequire(import.meta.url)(`countersign/${name}`);
    assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
    for (const format of ["esm", "cjs"]) {
      const file = join(packageFolder, `dist/${format}/frameworks/${name}.js`);
      assert.ok(statSync(file).size < 20_000, file);
      assert.doesNotMatch(readFileSync(file, "utf8"), /new WebAssembly|^import |require\("|await import/m, file);
    }
  });
}

test("what CommonJS throws and makes is known to ESM", async () => {
  const require = createRequire(import.meta.url);
  const { response, error } = await require("countersign/fetch").createAuthenticator(verifier)(new Request("https://service.example"));
  assert.ok(response instanceof Response && error instanceof CredentialsError);
});

const MAKERS = {
  createAuthenticator,
  withIdentity: (verifier, options) => withIdentity(verifier, () => new Response(), options),
  "authenticate, Express": forExpress,
  "authenticate, Fastify": forFastify,
  "authenticate, Hono": forHono,
  "authenticate, Koa": forKoa,
  "authenticate, Next.js": forNext,
  policyAuthorizer,
  simpleAuthorizer,
  viewerRequest,
  "withIdentity, Lambda": (verifier, options) => forLambda(verifier, () => undefined, options),
};
const ALWAYS = ["withIdentity", "authenticate, Next.js", "policyAuthorizer", "simpleAuthorizer", "viewerRequest", "withIdentity, Lambda"];
const AUTHORIZERS = ["policyAuthorizer", "simpleAuthorizer"];

for (const [maker, make] of Object.entries(MAKERS)) {
  test(`${maker}: a setting that would be lost is refused`, () => {
    const refused = (options, code, option) =>
      assert.throws(() => make(verifier, options), (error) => {
        assert.ok(error instanceof OptionsError);
        assert.deepEqual([error.code, error.option], [code, option]);
        return true;
      });
    for (const none of [undefined, null, {}, { audience: "a" }]) {
      assert.throws(() => make(none), (error) => error instanceof OptionsError && error.option === "verifier");
    }
    refused({ reason: "shown" }, "options.unknown", "reason");
    refused({ reasons: "show" }, "options.type", "reasons");
    refused({ header: "a b" }, "options.type", "header");
    refused({ header: "x:" }, "options.type", "header");
    refused({ onRefused: "log" }, "options.type", "onRefused");
    refused([], "options.type", "options");
    refused(new Map(), "options.type", "options");
    refused(null, "options.type", "options");
    if (ALWAYS.includes(maker)) {
      refused({ required: false }, "options.unknown", "required");
      refused({ required: true }, "options.unknown", "required");
    } else {
      refused({ required: "no" }, "options.type", "required");
      make(verifier, { required: false });
    }
    if (AUTHORIZERS.includes(maker)) {
      // They would be lost: API Gateway has gateway responses for that.
      refused({ realm: "billing" }, "options.unknown", "realm");
      refused({ retryAfterSeconds: 1 }, "options.unknown", "retryAfterSeconds");
    } else {
      refused({ realm: "" }, "options.type", "realm");
      refused({ realm: 1 }, "options.type", "realm");
      refused({ retryAfterSeconds: -1 }, "options.type", "retryAfterSeconds");
      refused({ retryAfterSeconds: 1.5 }, "options.type", "retryAfterSeconds");
      make(verifier, { realm: "billing", retryAfterSeconds: 0 });
      make(verifier, { realm: undefined, retryAfterSeconds: undefined });
    }
    make(verifier, { reasons: () => "hidden", header: "X-Forwarded-Authorization", onRefused() {} });
    make(verifier, { reasons: undefined, header: undefined, onRefused: undefined });
  });
}

const asked = (authenticate, given) => authenticate(new Request("https://service.example", { headers: given }));

test("another header is read in place of Authorization, and named in the answer", async () => {
  const authenticate = createAuthenticator(verifier, { header: "X-Forwarded-Authorization" });
  assert.equal((await asked(authenticate, { "x-forwarded-authorization": `Bearer ${GOOD}` })).identity.principal.arn, ROLE);
  const { error, response } = await asked(authenticate, headers);
  assert.equal(error.code, "credentials.missing");
  assert.match(error.remedy, /X-Forwarded-Authorization/);
  assert.match((await response.json()).detail, /X-Forwarded-Authorization/);
});

test("whether reasons are shown can be decided for each request", async () => {
  const authenticate = createAuthenticator(verifier, { reasons: (request) => (request.headers.has("debug") ? "shown" : "hidden") });
  const codeOf = async (more) => (await (await asked(authenticate, { authorization: "Bearer nonsense", ...more })).response.json()).code;
  assert.equal(await codeOf({}), undefined);
  assert.equal(await codeOf({ debug: "1" }), "token.segments");
  const confused = createAuthenticator(verifier, { reasons: () => true });
  await assert.rejects(asked(confused, { authorization: "Bearer nonsense" }), OptionsError);
});

test("what a listener throws changes no answer", async () => {
  for (const onRefused of [() => { throw new Error("log is full"); }, () => Promise.reject(new Error("log is full"))]) {
    const { response } = await asked(createAuthenticator(verifier, { onRefused }), {});
    assert.equal(response.status, 401);
  }
});

test("what is no refusal rejects, and is told to no listener of refusals", async () => {
  const authenticate = createAuthenticator(verifier, { onRefused: () => assert.fail("it was no refusal"), required: false });
  await assert.rejects(asked(authenticate, { authorization: `Bearer ${BREAKING}` }), { name: "InternalError" });
});

test("no answer holds any part of the token", async () => {
  const forged = `${GOOD.slice(0, -6)}AAAAAA`;
  const { response, error } = await asked(createAuthenticator(verifier, { reasons: "shown" }), { authorization: `Bearer ${forged}` });
  assert.ok(error instanceof VerificationError);
  const said = JSON.stringify([...response.headers]) + (await response.text()) + error.message + JSON.stringify(error);
  for (const part of forged.split(".")) {
    assert.ok(!said.includes(part.slice(0, 20)));
  }
});

test("a request is neither read nor copied", async () => {
  const request = new Request("https://service.example", { method: "POST", body: "a body", headers, duplex: "half" });
  request.clone = () => assert.fail("it was copied");
  const handler = withIdentity(verifier, async (given, identity, ...rest) => {
    assert.equal(given, request);
    assert.equal(given.bodyUsed, false);
    return Response.json([await given.text(), identity.principal.arn, rest]);
  });
  assert.deepEqual(await (await handler(request, "env", "context")).json(), ["a body", ROLE, ["env", "context"]]);
});

test("of a request, headers are enough", async () => {
  const { identity } = await createAuthenticator(verifier)({ headers: new Headers(headers) });
  assert.equal(identity.principal.arn, ROLE);
});

test("handlers that are reached without an identity are told so", () => {
  for (const lacking of [() => identityOfExpress({}), () => identityOfFastify({}), () => identityOfKoa({ state: {} })]) {
    assert.throws(lacking, /`authenticate` did not run/);
  }
});

test("Fastify: it covers the scope that it is registered in, with what is inside, and nothing beside", async () => {
  const server = Fastify();
  const arn = async (request) => request.identity?.principal.arn ?? "nobody";
  server.get("/open", arn);
  await server.register(async (scope) => {
    await scope.register(forFastify(verifier));
    scope.get("/closed", arn);
    await scope.register(async (inner) => inner.get("/inner", arn));
    // Twice is no fault, and both count.
    await scope.register(async (inner) => {
      await inner.register(forFastify(verifier, { realm: "inner" }));
      inner.get("/twice", arn);
    });
  });
  await server.register(async (scope) => {
    await scope.register(forFastify(verifier, { realm: "sibling" }));
    scope.get("/sibling", arn);
  });
  const said = async (url, headers = {}) => {
    const { statusCode, body } = await server.inject({ url, headers });
    return statusCode === 200 ? body : statusCode;
  };
  assert.equal(await said("/open"), "nobody");
  for (const url of ["/closed", "/inner", "/twice", "/sibling"]) {
    assert.equal(await said(url), 401, url);
    assert.equal(await said(url, headers), ROLE, url);
  }
  // No request's identity is left for the next one.
  assert.equal(await said("/open", headers), "nobody");
  await server.close();
});

test("Fastify: the server's own handler of errors has what is no refusal", async () => {
  const server = Fastify();
  server.setErrorHandler((error, _request, reply) => reply.code(500).send({ told: error.code }));
  await server.register(forFastify(verifier));
  server.get("/", async () => "reached");
  const { statusCode, body } = await server.inject({ url: "/", headers: { authorization: `Bearer ${BREAKING}` } });
  assert.deepEqual([statusCode, JSON.parse(body)], [500, { told: "internal.trap" }]);
  await server.close();
});

test("Hono: headers that were set before stay with a refusal", async () => {
  const app = new Hono();
  app.use(async (c, next) => {
    c.header("access-control-allow-origin", "*");
    await next();
  });
  app.use(forHono(verifier));
  app.get("/", (c) => c.text(c.var.identity.principal.arn));
  const refused = await app.request("/");
  assert.deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [401, "*"]);
  assert.equal(await (await app.request("/", { headers })).text(), ROLE);
});

test("Express: headers that were set before stay with a refusal; a header that middleware changed counts", async (t) => {
  const middleware = forExpress(verifier);
  const server = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    if (request.url === "/taken") delete request.headers.authorization;
    if (request.url === "/given") request.headers.authorization = `Bearer ${GOOD}`;
    middleware(request, response, () => response.end(JSON.stringify(request.identity.principal.arn)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;
  assert.equal((await fetch(origin)).headers.get("access-control-allow-origin"), "*");
  assert.equal((await ask(origin, { path: "/taken", headers })).status, 401);
  assert.equal((await ask(origin, { path: "/given" })).body, ROLE);
});

test("Express: without raw headers, as adapters for Lambda have requests, those that are there count", async () => {
  const reached = (given) =>
    new Promise((resolve) => {
      const request = { method: "GET", headers: given };
      const response = { setHeader() {}, end: () => resolve(response.statusCode) };
      forExpress(verifier)(request, response, () => resolve(request.identity.principal.arn));
    });
  assert.equal(await reached(headers), ROLE);
  assert.equal(await reached({}), 401);
  assert.equal(await reached({ authorization: [`Bearer ${GOOD}`, `Bearer ${GOOD}`] }), 400);
});

test("Express: a request that was answered while its token was judged stays answered so, and the process goes on", async (t) => {
  const judged = [];
  const middleware = forExpress(verifier, { onRefused: (error) => judged.push(error.code) });
  const server = createServer((request, response) => {
    // As a time limit for requests does it.
    response.writeHead(504).end();
    middleware(request, response, () => assert.fail("it went on"));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;
  for (let sent = 1; sent <= 2; sent += 1) {
    // What is thrown after an answer ends the test, or this process.
    assert.equal((await fetch(origin)).status, 504);
    assert.equal(judged.length, sent);
  }
});

test("Node's HTTP/2, by the same middleware", async (t) => {
  const middleware = forExpress(verifier);
  const server = createHttp2Server((request, response) => {
    middleware(request, response, () => response.end(request.identity.principal.arn));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = connect(`http://127.0.0.1:${server.address().port}`);
  t.after(() => {
    client.close();
    server.close();
  });
  const said = (given) =>
    new Promise((resolve) => {
      const stream = client.request({ ":path": "/", ...given });
      let status;
      let body = "";
      stream.on("response", (answer) => { status = answer[":status"]; });
      stream.setEncoding("utf8").on("data", (chunk) => { body += chunk; }).on("end", () => resolve(status === 200 ? body : status));
      stream.end();
    });
  assert.equal(await said(headers), ROLE);
  assert.equal(await said({}), 401);
});
