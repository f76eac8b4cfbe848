/** Builds the page, and serves it on this machine. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { HEADERS } from "./build.mjs";

const { PORT = "8080" } = process.env;
const FILES = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript"],
  "/style.css": ["style.css", "text/css"],
};

const server = createServer((request, response) => {
  const [file, type] = FILES[request.url] ?? [];
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { ...HEADERS, "content-type": type });
  response.end(readFileSync(new URL(`dist/${file}`, import.meta.url)));
}).listen(Number(PORT), "127.0.0.1");
process.once("SIGTERM", () => server.close());
