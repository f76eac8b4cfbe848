/** Express 4 and 5, and whatever else takes its middleware (Connect, Node's own server). */
import type { Identity } from "../generated/types.js";
import { authenticate as judge } from "./authentication.js";
import { requiredIdentity } from "./identity-of.js";
import { send, valuesOf } from "./node-request.js";
import type { NodeRequest, NodeResponse } from "./node-request.js";
import { settingsFrom } from "./settings.js";
import type { AuthenticationOptions, TokenVerifier } from "./settings.js";

export type { AuthenticationOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";

declare global {
  // Express's types have this namespace for others to add to; without them it is one of its own.
  namespace Express {
    interface Request {
      /** Whose token the request came with, after `authenticate` of `countersign/express`. */
      identity?: Identity | undefined;
    }
  }
}

/** A request, as far as Express's or Node's own is needed. */
export interface ExpressRequest extends NodeRequest {
  identity?: Identity | undefined;
}

/** Middleware of Express. */
export type ExpressMiddleware<Request> = (
  request: Request,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Makes middleware that lets requests with a good token through, with `request.identity`, and answers all others.
 * What is no refusal (`InternalError`, `ModuleError`) goes to the application's error handler.
 *
 * ```ts
 * app.use("/api", authenticate(verifier));
 * app.get("/api/me", (request, response) => response.json(identityOf(request).principal));
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function authenticate<Request extends ExpressRequest = ExpressRequest>(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Request>,
): ExpressMiddleware<Request> {
  const settings = settingsFrom("authenticate", verifier, options);
  return (request, response, next) => {
    judge(settings, valuesOf(request, settings.header), request, request.method).then(
      ({ identity, refused }) => {
        if (refused !== undefined) {
          send(response, refused.answer);
          return;
        }
        request.identity = identity;
        next();
      },
      next,
    );
  };
}

/**
 * The request's identity.
 *
 * @throws {Error} when there is none, since `authenticate` did not run before.
 */
export function identityOf(request: { readonly identity?: Identity | undefined }): Identity {
  return requiredIdentity(request);
}
