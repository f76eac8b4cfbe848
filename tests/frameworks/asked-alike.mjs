/** What every server is asked, and must answer alike. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { ask } from "./asking.mjs";
import { CASES, GOOD, expected } from "./requests.mjs";
import { ROLE } from "./service.mjs";

/**
 * @param start - Starts the server: its origin, and how to close it.
 * @param more - Tests of one's own.
 */
export function askedAlike(name, start, more = () => {}) {
  describe(name, () => {
    let server;
    before(async () => {
      server = await start();
    });
    after(() => server?.close());
    const asked = (options) => ask(server.origin, options);

    for (const [name, headers, answer, path = "/"] of CASES) {
      test(name, async () => {
        assert.deepEqual(await asked({ path, headers }), await expected(answer, false));
      });
      test(`${name}, with reasons`, async () => {
        assert.deepEqual(await asked({ path: path.replace("/", "/shown"), headers }), await expected(answer, true));
      });
    }

    test("HEAD is answered without a body", async () => {
      const { status, challenge, body } = await asked({ method: "HEAD" });
      assert.deepEqual({ status, challenge, body }, { status: 401, challenge: 'Bearer realm="the _billing_ API"', body: "" });
    });

    test("a body is left to the handler, whole", async () => {
      const body = "x".repeat(300_000);
      const headers = { authorization: `Bearer ${GOOD}`, "content-type": "text/plain" };
      assert.equal((await asked({ method: "POST", headers, body })).body.body, body);
    });

    test("where no token is required, one that is there must be good all the same", async () => {
      const optional = (authorization) => asked({ path: "/optional", headers: authorization === undefined ? {} : { authorization } });
      assert.equal((await optional(undefined)).body.arn, "nobody");
      assert.equal((await optional("Basic dXNlcjpwYXNz")).body.arn, "nobody");
      assert.equal((await optional(`Bearer ${GOOD}`)).body.arn, ROLE);
      assert.equal((await optional("Bearer")).status, 400);
      assert.equal((await optional("Bearer nonsense")).status, 401);
    });

    test("requests at once are each judged by their own token", async () => {
      const all = Array.from({ length: 30 }, (_, index) => asked({ headers: { authorization: `Bearer ${index % 2 ? GOOD : "nonsense"}` } }));
      assert.deepEqual((await Promise.all(all)).map(({ status }) => status), all.map((_, index) => (index % 2 ? 200 : 401)));
    });

    more(asked);
  });
}
