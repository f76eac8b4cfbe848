// The same requests to a server of each framework, and the same answers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { ask } from "./asking.mjs";
import { CASES, GOOD, expected, verifier } from "./requests.mjs";
import { SERVERS } from "./servers.mjs";
import { ROLE } from "./service.mjs";

for (const [framework, start] of Object.entries(SERVERS)) {
  describe(framework, () => {
    const refused = [];
    let server;
    before(async () => {
      server = await start(verifier, (error) => refused.push(error.code));
    });
    after(() => server.close());

    for (const [name, headers, answer, path = "/"] of CASES) {
      test(name, async () => {
        assert.deepEqual(await ask(server.origin, { path, headers }), await expected(answer, false));
      });
      test(`${name}, with reasons`, async () => {
        assert.deepEqual(await ask(server.origin, { path: path.replace("/", "/shown"), headers }), await expected(answer, true));
      });
    }

    test("HEAD is answered without a body", async () => {
      const { status, challenge, body } = await ask(server.origin, { method: "HEAD" });
      assert.deepEqual({ status, challenge, body }, { status: 401, challenge: 'Bearer realm="the _billing_ API"', body: "" });
    });

    test("a body is left to the handler, whole", async () => {
      const body = "x".repeat(300_000);
      const headers = { authorization: `Bearer ${GOOD}`, "content-type": "text/plain" };
      assert.equal((await ask(server.origin, { method: "POST", headers, body })).body.body, body);
    });

    test("where no token is required, one that is there must be good all the same", async () => {
      const path = "/optional";
      const asked = (authorization) => ask(server.origin, { path, headers: authorization === undefined ? {} : { authorization } });
      assert.equal((await asked(undefined)).body.arn, "nobody");
      assert.equal((await asked("Basic dXNlcjpwYXNz")).body.arn, "nobody");
      assert.equal((await asked(`Bearer ${GOOD}`)).body.arn, ROLE);
      assert.equal((await asked("Bearer")).status, 400);
      assert.equal((await asked("Bearer nonsense")).status, 401);
    });

    test("whoever logs refusals has reasons that callers are not shown", async () => {
      refused.length = 0;
      await ask(server.origin, { headers: { authorization: "Bearer nonsense" } });
      await ask(server.origin);
      await ask(server.origin, { headers: { authorization: `Bearer ${GOOD}` } });
      assert.deepEqual(refused, ["token.segments", "credentials.missing"]);
    });
  });
}
