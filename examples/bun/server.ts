/** A service on Bun that takes AWS's tokens. */
import { createVerifier } from "countersign";
import { withIdentity } from "countersign/fetch";

import { policy } from "./policy";

const { HOST = "127.0.0.1", PORT = "8080" } = process.env;
const verifier = createVerifier(policy);

const whoami = withIdentity(
  verifier,
  (_request, { principal, rule }) => Response.json({ principal: principal.arn, account: principal.account, rule }),
  { onRefused: (error) => console.warn(JSON.stringify(error)) },
);

const server = Bun.serve({
  hostname: HOST,
  port: Number(PORT),
  routes: {
    "/health": new Response("ok\n"),
    "/whoami": (request) => whoami(request),
  },
  fetch: () => new Response(null, { status: 404 }),
});
console.log(`listening on ${server.url}`);
process.once("SIGTERM", () => server.stop());
