// in-page.mjs SCRIPT TOKEN-FILE: loads a script in a page of Chromium under the Content-Security-Policy that the
// documentation names, and prints what its function `explain` says of that token.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { launch } from "../browser/browser.mjs";

const [script, tokenFile] = process.argv.slice(2);
const PAGE = `<!doctype html><title>page</title><script type="module" src="page.js"></script>`;
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src http://127.0.0.1:*";

const server = createServer((request, response) => {
  const isScript = request.url === "/page.js";
  const type = isScript ? "text/javascript" : "text/html";
  response.writeHead(200, { "content-type": type, "content-security-policy": CSP });
  response.end(isScript ? readFileSync(script) : PAGE);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await launch();
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const token = readFileSync(tokenFile, "utf8").trim();
  console.log(JSON.stringify(await page.evaluate((token) => globalThis.explain(token), token)));
} finally {
  await browser.close();
  server.close();
}
