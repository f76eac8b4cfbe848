// A server in Deno or Bun, by what they have themselves: `host.mjs <hono | fetch>`. GIVEN is in the environment.
import process from "node:process";

import { verifierOf } from "./service.mjs";
import { fetchHandler, honoApp } from "./web-handlers.mjs";

const verifier = verifierOf(JSON.parse(process.env.GIVEN));
const fetch = process.argv[2] === "hono" ? honoApp(verifier).fetch : fetchHandler(verifier);
const at = { port: 0, hostname: "127.0.0.1" };
const listening = ({ port }) => console.log(`listening on http://127.0.0.1:${port}`);

if (globalThis.Deno !== undefined) {
  globalThis.Deno.serve({ ...at, onListen: listening }, (request) => fetch(request));
} else {
  listening(globalThis.Bun.serve({ ...at, fetch: (request) => fetch(request), development: false }));
}
