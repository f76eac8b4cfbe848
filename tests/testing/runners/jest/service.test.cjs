const { createVerifier } = require("countersign");
const { BAD_TOKENS, useTestIssuer } = require("countersign/testing");

const issuer = useTestIssuer({ afterEach, afterAll });
const verifier = createVerifier(
  { audience: "https://api.example.com", trust: [{ organization: "o-abc1234567" }] },
  { fetch: issuer.fetch, now: issuer.now },
);

test("our roles get in", async () => {
  const identity = await verifier.verify(await issuer.token({ role: "billing/Batch" }));
  expect(identity.principal.name).toBe("Batch");
});

test.each(Object.entries(BAD_TOKENS))("a token that is %s is refused", async (bad, code) => {
  await expect(verifier.verify(await issuer.badToken(bad))).rejects.toMatchObject({ code });
});

test("an issuer of one test alone, on a socket", async () => {
  const alone = require("countersign/testing").createTestIssuer({ rsa: true });
  const server = await alone.listen();
  const response = await fetch(`${server.url}/_countersign/state`);
  expect((await response.json()).accounts).toHaveLength(2);
  await expect(verifier.verify(await alone.token({ algorithm: "RS256" }))).rejects.toMatchObject({ code: "key.unavailable" });
  await alone.close();
});
