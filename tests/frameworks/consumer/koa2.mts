// Only type-checked: what users of Koa write.
import { createVerifier } from "countersign";
import type { Identity } from "countersign";
import { authenticate, identityOf } from "countersign/koa";
import type { IdentityState } from "countersign/koa";
import Koa from "koa2";
import type { Context, Middleware } from "koa2";

const verifier = createVerifier({ audience: "a", trust: [] });

const plain = new Koa();
plain.use(authenticate(verifier));
plain.use((ctx) => {
  ctx.body = identityOf(ctx).principal.arn;
});

const typed = new Koa<IdentityState>();
typed.use(authenticate(verifier));
typed.use(async (ctx, next) => {
  const identity: Identity = ctx.state.identity;
  // @ts-expect-error: there is no such member
  ctx.state.identity.nothing;
  ctx.body = identity.principal;
  await next();
});
typed.use(
  authenticate<Context>(verifier, {
    reasons: (ctx) => (ctx.ip === "127.0.0.1" ? "shown" : "hidden"),
    onRefused: (error, ctx) => console.log(error.code, ctx.path),
  }),
);
const middleware: Middleware = authenticate(verifier);
console.log(middleware);
// @ts-expect-error: an unknown option
authenticate(verifier, { reason: "shown" });
