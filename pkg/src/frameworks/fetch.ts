/** Web standards: Workers, `Deno.serve`, `Bun.serve`, service workers, and every framework of `Request` and `Response`. */
import type { Identity } from "../generated/types.js";
import { refusalSettingsFrom, settingsFrom } from "./settings.js";
import type { AuthenticationOptions, RefusalOptions, TokenVerifier } from "./settings.js";
import { judge } from "./web-request.js";
import type { Authentication, RequestHead } from "./web-request.js";

export type { AuthenticationOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";
export type { Authentication, RequestHead } from "./web-request.js";

/** Judges a request. What is no refusal (`InternalError`, `ModuleError`) rejects. */
export type Authenticator<Request, Someone = Identity> = (request: Request) => Promise<Authentication<Someone>>;

/**
 * Makes a function that judges requests by their header `Authorization`, and has the answer ready for those that are
 * refused.
 *
 * ```ts
 * const authenticate = createAuthenticator(verifier);
 * const { identity, response } = await authenticate(request);
 * if (response) return response;
 * identity.principal.arn;
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function createAuthenticator<Request extends RequestHead = RequestHead>(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Request> & { readonly required?: true | undefined },
): Authenticator<Request>;
export function createAuthenticator<Request extends RequestHead = RequestHead>(
  verifier: TokenVerifier,
  options: AuthenticationOptions<Request>,
): Authenticator<Request, Identity | undefined>;
export function createAuthenticator<Request extends RequestHead>(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Request>,
): Authenticator<Request, Identity | undefined> {
  const settings = settingsFrom("createAuthenticator", verifier, options);
  return (request) => judge(settings, request);
}

/**
 * Wraps a handler, which is then called for requests with a good token only, with the identity as second argument. What
 * the host hands over after the request comes after that.
 *
 * ```ts
 * export default { fetch: withIdentity(verifier, (request, identity, env, context) => Response.json(identity.aws)) };
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function withIdentity<R extends RequestHead = Request, Rest extends unknown[] = []>(
  verifier: TokenVerifier,
  handler: (request: R, identity: Identity, ...rest: Rest) => Response | Promise<Response>,
  options?: RefusalOptions<R>,
): (request: R, ...rest: Rest) => Promise<Response> {
  const settings = refusalSettingsFrom("withIdentity", verifier, options);
  return async (request, ...rest) => {
    const { identity, response } = await judge(settings, request);
    if (response !== undefined) {
      return response;
    }
    // `required` is never false here; were it so by mistake, nobody must get through.
    if (identity === undefined) {
      throw new Error("There is no identity.");
    }
    return handler(request, identity, ...rest);
  };
}
