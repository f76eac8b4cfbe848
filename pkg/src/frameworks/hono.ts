/** Hono 4, on every runtime. */
/** @ts-ignore Where Hono is not installed its types are unknown. */
import type { Context, MiddlewareHandler } from "hono";

import type { Identity } from "../generated/types.js";
import { authenticate as judge } from "./authentication.js";
import { settingsFrom } from "./settings.js";
import type { AuthenticationOptions, TokenVerifier } from "./settings.js";
import { valuesOf } from "./web-request.js";

export type { AuthenticationOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";

/** What `authenticate` adds to a context: `new Hono<IdentityEnv>()` has it for all of an application's handlers. */
export interface IdentityEnv {
  Variables: {
    /** Whose token the request came with. */
    identity: Identity;
  };
}

/** The same with `required: false`. */
export interface OptionalIdentityEnv {
  Variables: {
    /** Whose token the request came with, if it came with one. */
    identity: Identity | undefined;
  };
}

/**
 * Makes middleware that lets requests with a good token through, with `c.var.identity` (or `c.get("identity")`), and
 * answers all others. What is no refusal (`InternalError`, `ModuleError`) goes to `app.onError`.
 *
 * ```ts
 * const app = new Hono<IdentityEnv>();
 * app.use("/api/*", authenticate(verifier));
 * app.get("/api/me", (c) => c.json(c.var.identity.principal));
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function authenticate(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Context> & { readonly required?: true | undefined },
): MiddlewareHandler<IdentityEnv>;
export function authenticate(
  verifier: TokenVerifier,
  options: AuthenticationOptions<Context>,
): MiddlewareHandler<OptionalIdentityEnv>;
export function authenticate(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Context>,
): MiddlewareHandler<OptionalIdentityEnv> {
  const settings = settingsFrom("authenticate", verifier, options);
  return async (context: ContextOfHono, next: () => Promise<void>) => {
    const { raw } = context.req;
    const { identity, refused } = await judge(settings, valuesOf(raw, settings.header), context, raw.method);
    if (refused !== undefined) {
      const { status, headers, body } = refused.answer;
      // With the headers that other middleware has set.
      return context.newResponse(body === "" ? null : body, status, { ...headers });
    }
    context.set("identity", identity);
    return next();
  };
}

/** A context, as far as it is used. */
interface ContextOfHono {
  readonly req: { readonly raw: Request };
  newResponse(body: string | null, status: number, headers: Record<string, string>): Response;
  set(name: "identity", value: Identity | undefined): void;
}
