/** What Lambda is called with, as far as it is read here. */

/** Names of headers are in any case. */
export type HeaderMap = Readonly<Record<string, string | undefined>>;

/** A request by way of an API Gateway's REST or HTTP API, a function URL or an Application Load Balancer. */
export interface RequestEvent {
  readonly headers?: HeaderMap | null | undefined;
  /** REST APIs have each header's values here, and in `headers` the last one only. */
  readonly multiValueHeaders?: Readonly<Record<string, string[] | undefined>> | null | undefined;
  readonly httpMethod?: string | undefined;
  readonly requestContext?: object | null | undefined;
}

/** What a REST API asks an authorizer of the kind TOKEN. */
export interface TokenAuthorizerEvent {
  readonly type: "TOKEN";
  readonly methodArn: string;
  readonly authorizationToken: string;
}

/** What a REST or WebSocket API asks an authorizer of the kind REQUEST, and an HTTP API one with payload format 1.0. */
export interface RequestAuthorizerEvent extends RequestEvent {
  readonly type: "REQUEST";
  readonly methodArn: string;
}

/** What an HTTP API asks an authorizer with payload format 2.0. */
export interface HttpAuthorizerEvent extends RequestEvent {
  /** `2.0` */
  readonly version: string;
  readonly type: "REQUEST";
  readonly routeArn: string;
}

export type AuthorizerEvent = TokenAuthorizerEvent | RequestAuthorizerEvent | HttpAuthorizerEvent;

/** All values of a header. HTTP APIs and function URLs have joined them with commas. */
export function valuesOf(event: RequestEvent | TokenAuthorizerEvent, name: string): readonly string[] {
  if (isToken(event)) {
    return [event.authorizationToken];
  }
  const several = named(event.multiValueHeaders, name).flat();
  return several.length > 0 ? several : named(event.headers, name);
}

/** Events of HTTP APIs have an `authorizationToken` too, of whatever identity sources they are set to. */
function isToken(event: RequestEvent | TokenAuthorizerEvent): event is TokenAuthorizerEvent {
  return (event as Partial<TokenAuthorizerEvent>).type === "TOKEN";
}

function named<Value>(headers: Readonly<Record<string, Value | undefined>> | null | undefined, name: string): Value[] {
  return Object.entries(headers ?? {}).flatMap(([key, value]) =>
    key.toLowerCase() === name && value !== undefined ? [value] : [],
  );
}

export function methodOf({ httpMethod, requestContext }: RequestEvent): string | undefined {
  return httpMethod ?? (requestContext as { http?: { method?: string } } | null | undefined)?.http?.method;
}
