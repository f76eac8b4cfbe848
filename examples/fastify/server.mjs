/** A Fastify service that takes AWS's tokens. */
import { createVerifier } from "countersign";
import { authenticate, identityOf } from "countersign/fastify";
import fastify from "fastify";

import { policy } from "./policy.mjs";

const { HOST = "127.0.0.1", PORT = "8080" } = process.env;
const verifier = createVerifier(policy);
const server = fastify({ logger: true });

server.get("/health", async () => "ok\n");

// All of this scope needs a token. Callers are not told why one is refused, the log is.
server.register(async (api) => {
  await api.register(authenticate(verifier, { onRefused: (error, request) => request.log.warn(error.toJSON(), "refused") }));

  api.get("/whoami", async (request) => {
    const { principal, rule } = identityOf(request);
    return { principal: principal.arn, account: principal.account, rule };
  });
});

// The keys of all issuers that the policy names are fetched now, and not while the first caller waits.
await verifier.ready();
await server.listen({ host: HOST, port: Number(PORT) });
process.once("SIGTERM", () => server.close());
