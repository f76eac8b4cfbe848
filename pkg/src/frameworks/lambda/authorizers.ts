/** Lambda authorizers of API Gateway. */
import type { Identity } from "../../generated/types.js";
import { authenticate } from "../authentication.js";
import type { Refused } from "../authentication.js";
import { authorizerSettingsFrom } from "../settings.js";
import type { AuthorizerOptions, RefusalError, Settings, TokenVerifier } from "../settings.js";
import { contextFrom } from "./authorized.js";
import type { AuthorizedContext } from "./authorized.js";
import { valuesOf } from "./events.js";
import type { AuthorizerEvent, HttpAuthorizerEvent, RequestAuthorizerEvent } from "./events.js";

/** Which reasons a refusal by policy hands on, for `$context.authorizer.<name>` in gateway responses and access logs. */
export type RefusedContext = {
  code: string;
  message: string;
  remedy: string;
};

/** Whether a caller may use the API, as an IAM policy. */
export interface PolicyAnswer {
  principalId: string;
  policyDocument: {
    Version: "2012-10-17";
    Statement: [{ Action: "execute-api:Invoke"; Effect: "Allow" | "Deny"; Resource: string }];
  };
  context?: AuthorizedContext | RefusedContext;
}

/**
 * Makes an authorizer that answers with an IAM policy: for REST APIs (TOKEN and REQUEST), WebSocket APIs, and HTTP APIs
 * with payload format 1.0, or 2.0 without simple responses.
 *
 * A good token is allowed the whole stage, not only the method that was asked for: API Gateway keeps the answer for
 * the token (five minutes unless set otherwise) and judges requests for other methods by it. It does so after the token
 * has expired, too: keep the time short (`authorizerResultTtlInSeconds`).
 *
 * A token that is no good throws `Unauthorized`, which callers get as 401; one that the policy does not trust is denied,
 * 403. When tokens cannot be judged (no keys, no word on replay), and for what is no refusal, the error is thrown:
 * callers get 500, and nothing is kept.
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function policyAuthorizer<Event extends AuthorizerEvent = AuthorizerEvent>(
  verifier: TokenVerifier,
  options?: AuthorizerOptions<Event>,
): (event: Event) => Promise<PolicyAnswer> {
  const settings = authorizerSettingsFrom("policyAuthorizer", verifier, options);
  return async (event) => {
    const stage = stageOf(event);
    const { identity, refused } = await judge(settings, event);
    if (identity !== undefined) {
      return policy(identity.principal.arn, "Allow", stage, contextFrom(identity));
    }
    if (refused?.error.status !== 403) {
      throw new Error("Unauthorized", { cause: refused?.error });
    }
    return policy("refused", "Deny", stage, settings.showsReasons(event) ? reasonsOf(refused.error) : undefined);
  };
}

/** Whether a caller may use the API, as HTTP APIs have it in a simple response. */
export interface SimpleAnswer {
  isAuthorized: boolean;
  context?: AuthorizedContext | RefusedContext;
}

/**
 * Makes an authorizer that answers with a simple response: for HTTP APIs with payload format 2.0 and
 * `enableSimpleResponses`.
 *
 * Whoever is refused gets 403. When tokens cannot be judged (no keys, no word on replay), or are not valid yet, and for
 * what is no refusal, the error is thrown: callers get 500, and nothing is kept. API Gateway may use an answer again
 * after the token has expired: keep the time short (`authorizerResultTtlInSeconds`).
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function simpleAuthorizer<Event extends HttpAuthorizerEvent | RequestAuthorizerEvent = HttpAuthorizerEvent>(
  verifier: TokenVerifier,
  options?: AuthorizerOptions<Event>,
): (event: Event) => Promise<SimpleAnswer> {
  const settings = authorizerSettingsFrom("simpleAuthorizer", verifier, options);
  return async (event) => {
    const { identity, refused } = await judge(settings, event);
    if (identity !== undefined) {
      return { isAuthorized: true, context: contextFrom(identity) };
    }
    // Not valid yet: it may be by the next request.
    if (refused !== undefined && "retryable" in refused.error && refused.error.retryable) {
      throw refused.error;
    }
    return refused !== undefined && settings.showsReasons(event)
      ? { isAuthorized: false, context: reasonsOf(refused.error) }
      : { isAuthorized: false };
  };
}

async function judge<Event extends AuthorizerEvent>(
  settings: Settings<Event>,
  event: Event,
): Promise<{ identity: Identity | undefined; refused?: undefined } | (Refused & { identity?: undefined })> {
  const outcome = await authenticate(settings, valuesOf(event, settings.header), event);
  // An answer would be kept, and the token refused when it could be judged again.
  if (outcome.refused?.error.status === 503) {
    throw outcome.refused.error;
  }
  return outcome;
}

function policy(
  principalId: string,
  Effect: "Allow" | "Deny",
  Resource: string,
  context: AuthorizedContext | RefusedContext | undefined,
): PolicyAnswer {
  const Statement: PolicyAnswer["policyDocument"]["Statement"] = [{ Action: "execute-api:Invoke", Effect, Resource }];
  const answer: PolicyAnswer = { principalId, policyDocument: { Version: "2012-10-17", Statement } };
  return context === undefined ? answer : { ...answer, context };
}

/** All of a stage: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/*`. */
function stageOf(event: AuthorizerEvent): string {
  const arn: unknown = "routeArn" in event ? event.routeArn : event.methodArn;
  const stage = typeof arn === "string" ? /^arn:[^/*]+\/[^/*]+(?=\/)/.exec(arn)?.[0] : undefined;
  if (stage === undefined) {
    throw new Error("This is no event for an authorizer: it names no method or route by its ARN.");
  }
  return `${stage}/*`;
}

function reasonsOf(error: RefusalError): RefusedContext {
  const { code, message, remedy } = error.toJSON();
  return { code, message, remedy };
}
