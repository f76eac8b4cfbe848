/** Functions that answer requests themselves. */
import type { Identity } from "../../generated/types.js";
import type { Answer } from "../answer.js";
import { authenticate } from "../authentication.js";
import { refusalSettingsFrom } from "../settings.js";
import type { RefusalOptions, TokenVerifier } from "../settings.js";
import { methodOf, valuesOf } from "./events.js";
import type { RequestEvent } from "./events.js";

/** How a request is refused: an answer that APIs, function URLs and load balancers all take. */
export interface RefusedResult {
  statusCode: number;
  headers: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  body: string;
}

/**
 * Wraps a function behind a REST or HTTP API, a function URL or a load balancer, which is then called for requests with a
 * good token only, with the identity as second argument.
 * What is no refusal (`InternalError`, `ModuleError`) is thrown.
 *
 * ```ts
 * export const handler = withIdentity(verifier, async (event: APIGatewayProxyEventV2, identity) => ({
 *   statusCode: 200,
 *   body: identity.principal.arn,
 * }));
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function withIdentity<Event extends RequestEvent, Result, Context = unknown>(
  verifier: TokenVerifier,
  handler: (event: Event, identity: Identity, context: Context) => Result | Promise<Result>,
  options?: RefusalOptions<Event>,
): (event: Event, context: Context) => Promise<Result | RefusedResult> {
  const settings = refusalSettingsFrom("withIdentity", verifier, options);
  // Two parameters: one with three is taken for a handler with a callback.
  return async (event, context) => {
    const { identity, refused } = await authenticate(settings, valuesOf(event, settings.header), event, methodOf(event));
    if (refused !== undefined) {
      return resultFrom(refused.answer, event);
    }
    // `required` is never false here; were it so by mistake, nobody must get through.
    if (identity === undefined) {
      throw new Error("There is no identity.");
    }
    return handler(event, identity, context);
  };
}

function resultFrom({ status, headers, body }: Answer, event: RequestEvent): RefusedResult {
  const result = { statusCode: status, headers: { ...headers }, body };
  // A load balancer that sends headers in this form reads them in this form only.
  const isMultiValued = (event.headers ?? undefined) === undefined && (event.multiValueHeaders ?? undefined) !== undefined;
  return isMultiValued
    ? { ...result, multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) }
    : result;
}
