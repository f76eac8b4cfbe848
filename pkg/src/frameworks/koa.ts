/** Koa 2 and 3. */
import type { Identity } from "../generated/types.js";
import { authenticate as judge } from "./authentication.js";
import { requiredIdentity } from "./identity-of.js";
import { valuesOf } from "./node-request.js";
import type { NodeRequest } from "./node-request.js";
import { settingsFrom } from "./settings.js";
import type { AuthenticationOptions, TokenVerifier } from "./settings.js";

export type { AuthenticationOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";

/** What `authenticate` adds to `ctx.state`. */
export interface IdentityState {
  /** Whose token the request came with. */
  identity: Identity;
}

/** A context, as far as Koa's is needed. */
export interface KoaContext {
  readonly req: NodeRequest;
  status: number;
  body: unknown;
  set(fields: Record<string, string>): unknown;
  state: object;
}

/** Middleware of Koa. */
export type KoaMiddleware<Context> = (context: Context, next: () => Promise<unknown>) => Promise<void>;

/**
 * Makes middleware that lets requests with a good token through, with `ctx.state.identity`, and answers all others.
 * What is no refusal (`InternalError`, `ModuleError`) is thrown.
 *
 * ```ts
 * const app = new Koa<IdentityState>();
 * app.use(authenticate(verifier));
 * app.use((ctx) => { ctx.body = ctx.state.identity.principal; });
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function authenticate<Context extends KoaContext = KoaContext>(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Context>,
): KoaMiddleware<Context> {
  const settings = settingsFrom("authenticate", verifier, options);
  return async (context, next) => {
    const { req } = context;
    const { identity, refused } = await judge(settings, valuesOf(req, settings.header), context, req.method);
    if (refused !== undefined) {
      context.status = refused.answer.status;
      context.set({ ...refused.answer.headers });
      context.body = refused.answer.body;
      return;
    }
    (context.state as { identity?: Identity | undefined }).identity = identity;
    await next();
  };
}

/**
 * The context's identity.
 *
 * @throws {Error} when there is none, since `authenticate` did not run before.
 */
export function identityOf({ state }: { readonly state: { readonly identity?: Identity | undefined } }): Identity {
  return requiredIdentity(state);
}
