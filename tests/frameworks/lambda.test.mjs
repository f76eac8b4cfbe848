// Functions behind APIs, function URLs and load balancers, and API Gateway's authorizers.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { VerificationError } from "countersign/errors";
import { identityOf, policyAuthorizer, simpleAuthorizer, viewerRequest, withIdentity } from "countersign/lambda";

import { seen } from "./asking.mjs";
import {
  STAGE,
  balancerEvent,
  httpEvent,
  httpQuestion1,
  httpQuestion2,
  requestQuestion,
  restEvent,
  socketQuestion,
  tokenQuestion,
  viewerEvent,
} from "./events.mjs";
import { CASES, GOOD, expected, verifier } from "./requests.mjs";
import { OPTIONS, ROLE, SHOWN, answerTo } from "./service.mjs";

const EVENTS = {
  "a REST API": restEvent,
  "an HTTP API, or a function URL": httpEvent,
  "a load balancer": (headers, options) => balancerEvent(headers, { ...options, several: false }),
  "a load balancer with multi-value headers": balancerEvent,
};

const answering = async (event, identity) => ({ statusCode: 200, body: JSON.stringify(answerTo(identity, event.body || "")) });

/** What of an answer is compared. What a function throws is answered by 500. */
async function invoked(handler, event) {
  try {
    const { statusCode, headers = {}, body } = await handler(event, { awsRequestId: "id" });
    return seen(statusCode, (name) => headers[name] ?? null, body);
  } catch {
    return { status: 500, challenge: null, retryAfter: null };
  }
}

for (const [source, eventOf] of Object.entries(EVENTS)) {
  describe(`a function behind ${source}`, () => {
    for (const options of [OPTIONS, SHOWN]) {
      const handler = withIdentity(verifier, answering, options);
      for (const [name, headers, answer] of CASES) {
        // This form has no place for a second value.
        const single = source === "a load balancer" && Array.isArray(headers.authorization);
        const awaited = single ? CASES[0][2] : answer;
        test(`${name}${options === SHOWN ? ", with reasons" : ""}`, async () => {
          assert.deepEqual(await invoked(handler, eventOf(headers)), await expected(awaited, options === SHOWN));
        });
      }
    }

    test("HEAD is answered without a body", async () => {
      const { statusCode, body } = await withIdentity(verifier, answering)(eventOf({}, { method: "HEAD" }));
      assert.deepEqual({ statusCode, body }, { statusCode: 401, body: "" });
    });

    test("the handler has event, identity and context", async () => {
      const event = eventOf({ authorization: `Bearer ${GOOD}` });
      const handler = withIdentity(verifier, (...given) => given);
      assert.equal(handler.length, 2, "with three, Lambda waits for a callback");
      const [first, { principal }, third] = await handler(event, "context");
      assert.deepEqual([first, principal.arn, third], [event, ROLE, "context"]);
    });
  });
}

test("a load balancer with multi-value headers is answered in that form", async () => {
  const { headers, multiValueHeaders } = await withIdentity(verifier, answering)(balancerEvent({}));
  assert.deepEqual(multiValueHeaders, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])));
});

const QUESTIONS = {
  TOKEN: ({ authorization }) => tokenQuestion(authorization),
  REQUEST: requestQuestion,
  "an HTTP API's, format 1.0": httpQuestion1,
  "an HTTP API's, format 2.0": httpQuestion2,
  "a WebSocket API's": socketQuestion,
};

const SIMPLE = "an HTTP API's, simple";

/** What is handed on for a good token. */
async function handedOn() {
  const { claims: _, header: __, ...identity } = await verifier.verify(GOOD);
  const { issuer, rule, tokenId, expiresAt, principal } = identity;
  return { arn: ROLE, account: principal.account, issuer, rule, tokenId, expiresAt, identity: JSON.stringify(identity) };
}

const policy = (principalId, Effect, context) => ({
  principalId,
  policyDocument: {
    Version: "2012-10-17",
    // All of the stage: the answer is kept, and used for other methods.
    Statement: [{ Action: "execute-api:Invoke", Effect, Resource: `${STAGE}*` }],
  },
  ...(context && { context }),
});

/** Why a request is refused, as whoever logs it is told. */
function errorOf(headers) {
  return new Promise((resolve) => withIdentity(verifier, () => resolve(undefined), { onRefused: resolve })(restEvent(headers)));
}

for (const [kind, questionOf] of [...Object.entries(QUESTIONS), [SIMPLE, httpQuestion2]]) {
  describe(`authorizer: ${kind}`, () => {
    const isSimple = kind === SIMPLE;
    const make = isSimple ? simpleAuthorizer : policyAuthorizer;
    for (const options of [OPTIONS, SHOWN]) {
      const shown = options === SHOWN;
      const authorizer = make(verifier, { reasons: options.reasons });
      for (const [name, headers, answer] of CASES) {
        const single = typeof headers.authorization === "string";
        // A TOKEN authorizer is not asked without a token, and never sees a second one.
        if (kind === "TOKEN" && !single) continue;
        test(`${name}${shown ? ", with reasons" : ""}`, async () => {
          const asked = authorizer(questionOf(headers));
          const { status, body } = await expected(answer, true);
          if (status === 200) {
            const context = await handedOn();
            assert.deepEqual(await asked, isSimple ? { isAuthorized: true, context } : policy(ROLE, "Allow", context));
            assert.ok(Object.values(context).every((value) => ["string", "number", "boolean"].includes(typeof value)));
          } else if (status === 503) {
            await assert.rejects(asked, (error) => error instanceof VerificationError && error.code === "key.unavailable");
          } else if (status === 500) {
            await assert.rejects(asked, { name: "InternalError" });
          } else {
            const told = (error) => ({ code: error.code, message: body.detail, remedy: error.remedy });
            const context = shown ? told(await errorOf(headers)) : undefined;
            if (isSimple) {
              assert.deepEqual(await asked, { isAuthorized: false, ...(context && { context }) });
            } else if (status === 403) {
              assert.deepEqual(await asked, policy("refused", "Deny", context));
            } else {
              // API Gateway knows it by its message, letter by letter.
              await assert.rejects(asked, { message: "Unauthorized" });
            }
          }
        });
      }
    }
  });
}

describe("Lambda@Edge, before the cache", () => {
  for (const options of [OPTIONS, SHOWN]) {
    for (const [name, headers, answer] of CASES) {
      test(`${name}${options === SHOWN ? ", with reasons" : ""}`, async () => {
        const event = viewerEvent(headers);
        const before = structuredClone(event.Records[0].cf.request);
        const asked = viewerRequest(verifier, options)(event);
        if (answer.status === 500) {
          await assert.rejects(asked, { name: "InternalError" });
        } else if (answer.status === 200) {
          assert.equal(await asked, event.Records[0].cf.request);
          assert.deepEqual(await asked, before, "it goes on as it came");
        } else {
          const { status, headers: given, body } = await asked;
          assert.equal(typeof status, "string", "CloudFront takes no number");
          const found = seen(Number(status), (header) => given[header]?.[0].value ?? null, body);
          assert.deepEqual(found, await expected(answer, options === SHOWN));
        }
      });
    }
  }

  test("the answer has the form that CloudFront takes", async () => {
    const { statusDescription, headers, body } = await viewerRequest(verifier)(viewerEvent({}, "HEAD"));
    assert.deepEqual({ statusDescription, body }, { statusDescription: "Unauthorized", body: "" });
    for (const [name, values] of Object.entries(headers)) {
      assert.deepEqual(values, [{ key: name, value: values[0].value }]);
    }
  });

  test("an event that is no request's goes nowhere", async () => {
    await assert.rejects(viewerRequest(verifier)({ Records: [] }), /no event of CloudFront/);
  });
});

test("a simple authorizer throws for a token that is not valid yet: an answer would be kept", async () => {
  const early = { verify: async () => { throw new VerificationError({ code: "time.issued_in_future", message: "", remedy: "", check: "issued_at", expected: "", found: "", retryable: true, status: 401 }); } };
  const asked = { authorization: `Bearer ${GOOD}` };
  await assert.rejects(simpleAuthorizer(early)(httpQuestion2(asked)), { code: "time.issued_in_future" });
  await assert.rejects(policyAuthorizer(early)(requestQuestion(asked)), { message: "Unauthorized" });
});

test("an event that is no authorizer's is never allowed", async () => {
  const authorizer = policyAuthorizer(verifier);
  for (const methodArn of [undefined, "", "arn", "arn:aws:execute-api:eu-west-1:123456789012:abcdef123", "arn:aws:execute-api:*/*/GET/"]) {
    await assert.rejects(authorizer({ ...tokenQuestion(`Bearer ${GOOD}`), methodArn }), /no event for an authorizer/);
  }
});

test("the function behind an authorizer reads the identity back", async () => {
  const { claims: _, header: __, ...identity } = await verifier.verify(GOOD);
  const asked = { authorization: `Bearer ${GOOD}` };
  const { context } = await policyAuthorizer(verifier)(requestQuestion(asked));
  // REST APIs hand everything on as text, with members of their own.
  const asText = Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
  const authorizer = { ...asText, principalId: ROLE, integrationLatency: 20 };
  assert.deepEqual(identityOf(restEvent({}, { authorizer })), identity);
  const simple = await simpleAuthorizer(verifier)(httpQuestion2(asked));
  assert.deepEqual(identityOf(httpEvent({}, { authorizer: { lambda: simple.context } })), identity);
});

test("without an authorizer there is no identity", () => {
  for (const event of [restEvent({}), httpEvent({}), httpEvent({}, { authorizer: { lambda: null } }), restEvent({}, { authorizer: { claims: {} } }), {}]) {
    assert.throws(() => identityOf(event), /no authorizer/);
  }
});
