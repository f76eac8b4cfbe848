/** Fastify 5. */
import type { Identity } from "../generated/types.js";
import { authenticate as judge } from "./authentication.js";
import { requiredIdentity } from "./identity-of.js";
import { valuesOf } from "./node-request.js";
import type { NodeRequest } from "./node-request.js";
import { settingsFrom } from "./settings.js";
import type { AuthenticationOptions, TokenVerifier } from "./settings.js";

export type { AuthenticationOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";

/** @ts-ignore Where Fastify is not installed there is nothing to add to. */
declare module "fastify" {
  interface FastifyRequest {
    /** Whose token the request came with, after `authenticate` of `countersign/fastify`. */
    identity?: Identity | undefined;
  }
}

/** A request, as far as Fastify's is needed. */
export interface RequestOfFastify {
  readonly raw: NodeRequest;
  identity?: Identity | undefined;
}

/** A reply, as far as Fastify's is needed. */
export interface ReplyOfFastify {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(body: Uint8Array): unknown;
}

/** A scope of a server, as far as Fastify's is needed. */
export interface ScopeOfFastify {
  hasRequestDecorator(name: string): boolean;
  decorateRequest(name: string): unknown;
  // Fastify's own requests and replies have more members than are named here, by types of its own.
  addHook(name: "onRequest", hook: (request: any, reply: any) => Promise<unknown>): unknown;
}

/** A plugin of Fastify. */
export type FastifyPlugin = (scope: ScopeOfFastify) => Promise<void>;

/**
 * Makes a plugin that lets requests with a good token through, with `request.identity`, and answers all others. It
 * covers the scope that it is registered in, with all that is registered in there.
 * What is no refusal (`InternalError`, `ModuleError`) goes to the server's error handler.
 *
 * ```ts
 * await server.register(authenticate(verifier));
 * server.get("/me", (request) => identityOf(request).principal);
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function authenticate<Request extends RequestOfFastify = RequestOfFastify>(
  verifier: TokenVerifier,
  options?: AuthenticationOptions<Request>,
): FastifyPlugin {
  const settings = settingsFrom("authenticate", verifier, options);
  const plugin: FastifyPlugin = async (scope) => {
    // An outer scope may have it already.
    if (!scope.hasRequestDecorator("identity")) {
      scope.decorateRequest("identity");
    }
    scope.addHook("onRequest", async (request: Request, reply: ReplyOfFastify) => {
      const { identity, refused } = await judge(settings, valuesOf(request.raw, settings.header), request, request.raw.method);
      if (refused === undefined) {
        request.identity = identity;
        return undefined;
      }
      const { status, headers, body } = refused.answer;
      reply.code(status);
      reply.headers({ ...headers });
      // To text it would add a charset, which JSON has none of (RFC 8259, section 11).
      return reply.send(new TextEncoder().encode(body));
    });
  };
  return Object.assign(plugin, IN_THE_SCOPE_AROUND);
}

/** What has Fastify take a plugin into the scope that registers it, and not into one of its own. */
const IN_THE_SCOPE_AROUND = {
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "countersign",
  [Symbol.for("plugin-meta")]: { name: "countersign", fastify: ">=5" },
};

/**
 * The request's identity.
 *
 * @throws {Error} when there is none, since `authenticate` covers another scope.
 */
export function identityOf(request: { readonly identity?: Identity | undefined }): Identity {
  return requiredIdentity(request);
}
