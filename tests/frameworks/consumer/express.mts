// Only type-checked: what users of Express write.
import { createVerifier } from "countersign";
import type { Identity } from "countersign";
import { authenticate, identityOf } from "countersign/express";
import express from "express";
import type { Request, RequestHandler } from "express";

const verifier = createVerifier({ audience: "a", trust: [] });
const app = express();
app.use(authenticate(verifier));
app.use("/api", authenticate(verifier, { realm: "api", reasons: "shown", required: false }));
app.get("/items/:id", authenticate(verifier), (request, response) => {
  const id: string = request.params.id;
  const identity: Identity | undefined = request.identity;
  const arn: string = identityOf(request).principal.arn;
  response.json({ id, identity, arn });
  // @ts-expect-error: it may not be there
  request.identity.principal;
});
// With the framework's own request in callbacks.
app.use(
  authenticate<Request>(verifier, {
    reasons: (request) => (request.ip === "127.0.0.1" ? "shown" : "hidden"),
    onRefused: (error, request) => console.log(error.code, error.status, error.remedy, request.originalUrl),
  }),
);
const handler: RequestHandler = authenticate(verifier);
console.log(handler);
// @ts-expect-error: an unknown option
authenticate(verifier, { reason: "shown" });
// @ts-expect-error: a verifier comes first
authenticate({ audience: "a" });
