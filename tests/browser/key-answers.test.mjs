// Keys over real HTTP, from servers that answer as none should.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { claims, makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });
const issuer = makeIssuer();
const shared = { "access-control-allow-origin": "*" };

const ANSWERS = {
  "one that never ends is given up after 10 seconds": {
    answer: (response) => response.writeHead(200, shared).write('{"keys":['),
    expected: /10 seconds/,
  },
  "a flood is cut off at 64 KiB": {
    answer: (response, closed) => {
      response.writeHead(200, shared);
      const flood = setInterval(() => response.write(" ".repeat(10_000)), 5);
      response.once("close", () => (clearInterval(flood), closed()));
    },
    expected: /64 KiB/,
    cutOff: true,
  },
  "a redirect is not followed": {
    answer: (response) => response.writeHead(302, { ...shared, location: "/elsewhere" }).end(),
    expected: /No answer/,
  },
  "one that the server does not share with web pages stays unread": {
    answer: (response) => response.end(JSON.stringify(issuer.keySet())),
    expected: /No answer/,
  },
};

for (const [name, { answer, expected, cutOff }] of Object.entries(ANSWERS)) {
  test(name, { timeout: 60_000 }, async () => {
    const asked = [];
    let closed;
    const closing = new Promise((resolve) => (closed = resolve));
    const server = createServer((request, response) => {
      const { cookie, referer } = request.headers;
      asked.push({ method: request.method, url: request.url, cookie, referer });
      answer(response, closed);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await site.visit({}, async (view) => {
        const url = `http://127.0.0.1:${server.address().port}/label`;
        await view.paste(issuer.token("ES384", claims(url)));
        await view.part("fetch-keys").click();
        await view.part("fetch-problem").waitFor();
        assert.match(await view.part("fetch-problem").innerText(), expected);
        assert.ok((await view.part("curl").innerText()).includes("--proto '=http'"));
        await view.expectVerdict("signature", "Not checked");
        if (cutOff) await closing;
        view.forgive(/CORS|ERR_FAILED|ERR_ABORTED/);
      });
      const url = "/label/.well-known/jwks.json";
      assert.deepEqual(asked, [{ method: "GET", url, cookie: undefined, referer: undefined }]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}
