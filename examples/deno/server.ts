/** A service on Deno that takes AWS's tokens. */
import { createVerifier } from "countersign";
import { withIdentity } from "countersign/fetch";

import { policy } from "./policy.ts";

const verifier = createVerifier(policy);

const whoami = withIdentity(
  verifier,
  (_request, { principal, rule }) =>
    Response.json({ principal: principal.arn, account: principal.account, rule }),
  { onRefused: (error) => console.warn(JSON.stringify(error)) },
);

const server = Deno.serve(
  { hostname: Deno.env.get("HOST") ?? "127.0.0.1", port: Number(Deno.env.get("PORT") ?? 8080) },
  (request) => {
    switch (new URL(request.url).pathname) {
      case "/health":
        return new Response("ok\n");
      case "/whoami":
        return whoami(request);
      default:
        return new Response(null, { status: 404 });
    }
  },
);

// The keys are fetched now, and not while the first caller waits.
await verifier.ready();
Deno.addSignalListener("SIGTERM", () => server.shutdown());
