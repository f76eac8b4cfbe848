// Only type-checked: what users of Fastify write.
import { createVerifier } from "countersign";
import type { Identity } from "countersign";
import { authenticate, identityOf } from "countersign/fastify";
import Fastify from "fastify";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";

const verifier = createVerifier({ audience: "a", trust: [] });
const server = Fastify();
await server.register(authenticate(verifier));
await server.register(async (scope) => {
  await scope.register(
    authenticate<FastifyRequest>(verifier, {
      reasons: (request) => (request.ip === "127.0.0.1" ? "shown" : "hidden"),
      onRefused: (error, request) => request.log.warn(error),
    }),
  );
});
server.get<{ Params: { id: string } }>("/items/:id", async (request) => {
  const id: string = request.params.id;
  const identity: Identity | undefined = request.identity;
  // @ts-expect-error: it may not be there
  request.identity.principal;
  return { id, identity, arn: identityOf(request).principal.arn };
});
const plugin: FastifyPluginAsync = authenticate(verifier);
console.log(plugin);
// @ts-expect-error: an unknown option
authenticate(verifier, { reason: "shown" });
