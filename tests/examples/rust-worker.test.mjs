// The Worker in Rust: requests that come at once, of which none can wait for what another one fetches.
import assert from "node:assert/strict";
import { test } from "node:test";

import { startService } from "../../xtask/examples/example.mjs";
import { mintTokens, startIssuer } from "../../xtask/examples/issuer.mjs";

test("requests that come at once to a cold isolate are all answered", { timeout: 120_000 }, async () => {
  const issuer = await startIssuer();
  const { good } = await mintTokens(issuer.url);
  const service = await startService("rust-worker", issuer);
  try {
    const ask = () => fetch(service.whoami, { headers: { authorization: `Bearer ${good}` } });
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    assert.deepEqual(answers.map(({ status }) => status), Array(20).fill(200));
    await issuer.stop();
    assert.equal((await ask()).status, 200, "keys are kept while their issuer is gone");
  } finally {
    await service.stop();
  }
});
