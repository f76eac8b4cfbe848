// Only type-checked: what users of Hono write.
import { createVerifier } from "countersign";
import type { Identity } from "countersign";
import { authenticate } from "countersign/hono";
import type { IdentityEnv } from "countersign/hono";
import { Hono } from "hono";

const verifier = createVerifier({ audience: "a", trust: [] });

const app = new Hono<IdentityEnv>();
app.use("/api/*", authenticate(verifier, { onRefused: (error, c) => console.log(error.code, c.req.path) }));
app.get("/api/me", (c) => {
  const identity: Identity = c.var.identity;
  return c.json({ identity, arn: c.get("identity").principal.arn });
});

// A route's handlers know it without a word.
new Hono().get("/items/:id", authenticate(verifier), (c) => {
  const identity: Identity = c.var.identity;
  // @ts-expect-error: there is no such member
  c.var.identity.nothing;
  return c.json({ id: c.req.param("id"), arn: identity.principal.arn });
});
new Hono().get("/", authenticate(verifier, { required: false }), (c) => {
  // @ts-expect-error: it may not be there
  c.var.identity.principal;
  return c.json(c.var.identity?.principal.arn ?? null);
});
// With bindings and variables of one's own.
type Own = { Bindings: { SECRET: string }; Variables: { name: string } };
const own = new Hono<Own>();
own.use(authenticate(verifier));
own.get("/", authenticate(verifier), (c) => c.json([c.env.SECRET, c.var.name, c.var.identity.rule]));
// @ts-expect-error: an unknown option
authenticate(verifier, { reason: "shown" });
