// The table of answers that Rust's services are tested by too, through every way that headers come in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { VerificationError } from "countersign/errors";
import { authenticate } from "countersign/express";
import { createAuthenticator } from "countersign/fetch";
import { withIdentity } from "countersign/lambda";

const { cases } = JSON.parse(readFileSync(new URL("../vectors/http/answers.json", import.meta.url), "utf8"));

/** Accepts or refuses what the table says, and nothing but the token that it says. */
function verifierFor({ token, rejection }) {
  return {
    verify: async (given) => {
      assert.equal(given, token);
      if (rejection !== undefined) throw new VerificationError(rejection);
      return { subject: "someone" };
    },
  };
}

const WAYS = {
  "web standards": async ({ authorization }, verifier, options) => {
    const headers = new Headers();
    for (const value of authorization) headers.append("authorization", value);
    const { response } = await createAuthenticator(verifier, options)(new Request("https://service.example", { headers }));
    return response && { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
  },
  "Node's requests": ({ authorization }, verifier, options) =>
    new Promise((resolve, reject) => {
      const [first] = authorization;
      const request = { headers: { authorization: first }, rawHeaders: authorization.flatMap((value) => ["Authorization", value]) };
      const headers = {};
      const response = {
        setHeader: (name, value) => { headers[name] = value; },
        end: (body) => resolve({ status: response.statusCode, headers, body: JSON.parse(body) }),
      };
      authenticate(verifier, options)(request, response, (error) => (error ? reject(error) : resolve(undefined)));
    }),
  "Lambda's events": async ({ authorization }, verifier, options) => {
    const event = { headers: { Authorization: authorization.at(-1) }, multiValueHeaders: { Authorization: authorization } };
    const answer = await withIdentity(verifier, () => undefined, options)(event);
    return answer && { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body) };
  },
};

assert.ok(cases.length >= 20);
for (const [way, answerBy] of Object.entries(WAYS)) {
  describe(way, () => {
    for (const one of cases) {
      test(one.name, async () => {
        const { realm, retry_after_seconds: retryAfterSeconds, reasons_shown: shown } = one;
        const options = { realm, retryAfterSeconds, reasons: shown ? "shown" : "hidden" };
        assert.deepEqual(await answerBy(one, verifierFor(one), options), one.answer);
      });
    }
  });
}
