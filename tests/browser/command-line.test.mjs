// `countersign inspect --web`: from a token in the terminal to the page that is inside the program.
import assert from "node:assert/strict";
import { test } from "node:test";

import { startInspect } from "./servers.mjs";
import { makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

// Elsewhere a real browser would be opened: no script can stand in for it.
if (process.platform === "linux") {
  const issuer = makeIssuer();
  const token = issuer.token("ES384");
  const site = useSite({ issuer: false, start: () => startInspect(token) });

  test("the browser is handed an address that works once, and gets the token in the fragment", async () => {
    const address = await site.page.opened();
    assert.match(address, /^http:[/][/]127[.]0[.]0[.]1:\d+[/]open[/][0-9a-f]{32}$/, "everyone can read arguments");
    await site.visit({ path: new URL(address).pathname }, async (view) => {
      await view.expectVerdict("time", "Valid");
      assert.equal(await view.part("token").inputValue(), token);
      assert.equal(view.page.url(), `${site.page.url}/`, "the token is taken out of the address");
      await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
      await view.expectVerdict("signature", "Holds");
      assert.deepEqual(view.foreign(), []);
      for (const url of view.requests) assert.ok(!url.includes("eyJ"), url);
      await expectNoWorker(view);
    });
    assert.equal((await fetch(address)).status, 410);
  });

  test("the browser keeps nothing of a page that is at another port each time", () =>
    site.visit({}, async (view) => {
      await expectNoWorker(view);
      const kept = await view.page.evaluate(async () => [
        (await navigator.serviceWorker.getRegistrations()).length,
        (await caches.keys()).length,
      ]);
      assert.deepEqual(kept, [0, 0]);
    }));

  test("it ends when it is interrupted", async () => {
    const server = await startInspect(token);
    await server.opened();
    assert.equal(await server.stop(), 0);
  });
}

/** Waits until the browser was refused the script that would have it keep the page, which it complains of. */
async function expectNoWorker(view) {
  const refused = /404\) was received when fetching the script/;
  await view.eventually("the refusal", async () => view.faults.join("\n"), refused);
  view.forgive(refused);
}
