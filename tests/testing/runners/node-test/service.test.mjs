import assert from "node:assert/strict";
import { after, afterEach, describe, test } from "node:test";

import { BAD_TOKENS, createTestIssuer, useTestIssuer } from "countersign/testing";

import { createService } from "../service.mjs";

const issuer = useTestIssuer({ afterEach, after });
const service = createService({ fetch: issuer.fetch, now: issuer.now });

test("our billing jobs get in", async () => {
  const token = await issuer.token({ role: "billing/Batch" });
  assert.deepEqual(await service.handle(`Bearer ${token}`), { status: 200, body: "Batch" });
  issuer.advance(86_400);
});

describe("tokens that are refused", () => {
  for (const [bad, code] of Object.entries(BAD_TOKENS)) {
    test(bad, async () => {
      const token = await issuer.badToken(bad, { role: "billing/Batch" });
      assert.equal((await service.handle(`Bearer ${token}`)).body, code);
    });
  }
});

test("an issuer of one test alone", async (t) => {
  const alone = createTestIssuer();
  t.after(() => alone.close());
  const { url } = await alone.listen();
  assert.equal((await fetch(`${url}/nowhere`)).status, 404);
  assert.ok(Math.abs(issuer.now() - Date.now() / 1000) < 5);
});
