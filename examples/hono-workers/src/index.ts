/** A Hono service on Cloudflare Workers that takes AWS's tokens. */
import { createVerifier } from "countersign";
import { cacheStore } from "countersign/cloudflare";
import { authenticate } from "countersign/hono";
import { Hono } from "hono";

import { policy } from "./policy";

// One for all requests. New isolates find the keys in the cache of their data centre.
const verifier = createVerifier(policy, { store: cacheStore(caches.default) });
const app = new Hono();

app.get("/health", (c) => c.text("ok\n"));

app.get("/whoami", authenticate(verifier, { onRefused: (error) => console.warn(JSON.stringify(error)) }), (c) => {
  const { principal, rule } = c.var.identity;
  return c.json({ principal: principal.arn, account: principal.account, rule });
});

export default app;
