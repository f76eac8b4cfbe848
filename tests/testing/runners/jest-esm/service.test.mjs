import { BAD_TOKENS, useTestIssuer } from "countersign/testing";
import { afterAll, afterEach, expect, test } from "@jest/globals";

import { createService } from "../service.mjs";

const issuer = useTestIssuer({ afterEach, afterAll });
const service = createService({ fetch: issuer.fetch, now: issuer.now });
const role = "billing/Batch";

test("our billing jobs get in", async () => {
  const token = await issuer.token({ role });
  expect(await service.handle(`Bearer ${token}`)).toEqual({ status: 200, body: "Batch" });
});

test("other roles do not", async () => {
  const token = await issuer.token({ role: "web" });
  expect(await service.handle(`Bearer ${token}`)).toEqual({ status: 403, body: "trust.principal" });
});

test.each(Object.entries(BAD_TOKENS))("a token that is %s is refused", async (bad, code) => {
  const token = await issuer.badToken(bad, { role });
  expect((await service.handle(`Bearer ${token}`)).body).toBe(code);
});

test("it serves through an outage of the issuer", async () => {
  await service.handle(`Bearer ${await issuer.token({ role })}`);
  issuer.outage("network");
  issuer.advance(3600);
  expect((await service.handle(`Bearer ${await issuer.token({ role })}`)).status).toBe(200);
});

test("each test begins as the first one did", async () => {
  expect(Math.abs(issuer.now() - Date.now() / 1000)).toBeLessThan(5);
  expect(issuer.requests).toEqual([]);
});
