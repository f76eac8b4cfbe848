/** The identity on its way from an authorizer to the function behind it: API Gateway takes texts, numbers and booleans only. */
import type { Identity } from "../../generated/types.js";

/** What an authorizer hands on, all of it for `$context.authorizer.<name>` in access logs and mapping templates too. */
export type AuthorizedContext = {
  /** The principal's ARN. */
  arn: string;
  account: string;
  issuer: string;
  /** The name of the trust rule that was met. */
  rule: string;
  tokenId: string;
  /** In seconds since the epoch. */
  expiresAt: number;
  /** An `AuthorizedIdentity` as JSON, for `identityOf`. */
  identity: string;
};

/** An identity without what the token says word for word. */
export type AuthorizedIdentity = Omit<Identity, "claims" | "header">;

export function contextFrom({ claims: _, header: __, ...identity }: Identity): AuthorizedContext {
  const { issuer, rule, tokenId, expiresAt, principal } = identity;
  return { arn: principal.arn, account: principal.account, issuer, rule, tokenId, expiresAt, identity: JSON.stringify(identity) };
}

/** An event of a function behind an authorizer. */
export interface AuthorizedEvent {
  readonly requestContext?: object | null | undefined;
}

/**
 * The identity that `policyAuthorizer` or `simpleAuthorizer` handed on to a function behind a REST, WebSocket or HTTP
 * API. It is API Gateway's word: only call it for events that come from there.
 *
 * @throws {Error} when there is none, since no such authorizer stands before this function.
 */
export function identityOf(event: AuthorizedEvent): AuthorizedIdentity {
  const { authorizer } = (event.requestContext ?? {}) as { authorizer?: Handed & { lambda?: Handed | null } };
  // An HTTP API with payload format 2.0 keeps what a Lambda authorizer said apart.
  const text = (authorizer?.lambda ?? authorizer)?.identity;
  if (typeof text !== "string") {
    throw new Error("There is no identity here: no authorizer of countersign/lambda stands before this function.");
  }
  return JSON.parse(text) as AuthorizedIdentity;
}

interface Handed {
  readonly identity?: unknown;
}
