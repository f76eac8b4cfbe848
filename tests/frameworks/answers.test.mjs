// The same requests to a server of each framework in Node, and the same answers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { askedAlike } from "./asked-alike.mjs";
import { ask } from "./asking.mjs";
import { GOOD, verifier } from "./requests.mjs";
import { SERVERS } from "./servers.mjs";

for (const [framework, start] of Object.entries(SERVERS)) {
  const refused = [];
  askedAlike(framework, () => start(verifier, (error) => refused.push(error.code)), (asked) => {
    test("whoever logs refusals has reasons that callers are not shown", async () => {
      refused.length = 0;
      await asked({ headers: { authorization: "Bearer nonsense" } });
      await asked({});
      await asked({ headers: { authorization: `Bearer ${GOOD}` } });
      assert.deepEqual(refused, ["token.segments", "credentials.missing"]);
    });
  });
}

for (const [framework, start] of Object.entries(SERVERS)) {
  test(`${framework}: a verifier that forgets its answer lets nobody through`, async () => {
    const server = await start({ verify: async () => undefined }, () => assert.fail("it is no refusal"));
    try {
      const { status } = await ask(server.origin, { headers: { authorization: `Bearer ${GOOD}` } });
      assert.equal(status, 500);
    } finally {
      await server.close();
    }
  });
}
