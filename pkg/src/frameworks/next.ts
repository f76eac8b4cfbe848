/** Next.js 15 and 16: route handlers, and the proxy (before 16, the middleware). */
import type { RefusalOptions, TokenVerifier } from "./settings.js";
import { refusalSettingsFrom } from "./settings.js";
import { judge } from "./web-request.js";
import type { RequestHead } from "./web-request.js";

export { createAuthenticator, withIdentity } from "./fetch.js";
export type { Authentication, Authenticator, RequestHead } from "./fetch.js";
export type { AuthenticationOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";

/**
 * Makes a proxy (`proxy.ts`; before Next.js 16, `middleware.ts`) that lets requests with a good token through, and
 * answers all others.
 *
 * It hands no identity on: whatever a proxy adds to a request, its sender can add too where the proxy does not run.
 * Handlers that need the identity have it from `withIdentity`, which verifies for itself.
 *
 * ```ts
 * export const proxy = authenticate(verifier);
 * export const config = { matcher: "/api/:path*" };
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function authenticate<Request extends RequestHead = RequestHead>(
  verifier: TokenVerifier,
  options?: RefusalOptions<Request>,
): (request: Request) => Promise<Response | undefined> {
  const settings = refusalSettingsFrom("authenticate", verifier, options);
  return async (request) => (await judge(settings, request)).response;
}
