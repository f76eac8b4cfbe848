/** AWS Lambda: authorizers of API Gateway, functions behind APIs, function URLs and load balancers, and Lambda@Edge. */
export type { AuthorizedContext, AuthorizedEvent, AuthorizedIdentity } from "./lambda/authorized.js";
export { identityOf } from "./lambda/authorized.js";
export type { PolicyAnswer, RefusedContext, SimpleAnswer } from "./lambda/authorizers.js";
export { policyAuthorizer, simpleAuthorizer } from "./lambda/authorizers.js";
export type {
  AuthorizerEvent,
  HttpAuthorizerEvent,
  RequestAuthorizerEvent,
  RequestEvent,
  TokenAuthorizerEvent,
} from "./lambda/events.js";
export type { RefusedResult } from "./lambda/handler.js";
export { withIdentity } from "./lambda/handler.js";
export type {
  CloudFrontAnswer,
  CloudFrontHeaderMap,
  CloudFrontRequestHead,
  ViewerRequestEvent,
} from "./lambda/viewer-request.js";
export { viewerRequest } from "./lambda/viewer-request.js";
export type { AuthorizerOptions, Reasons, RefusalError, RefusalOptions, TokenVerifier } from "./settings.js";
