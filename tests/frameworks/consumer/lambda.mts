// Only type-checked: what authors of Lambda functions write.
import { createVerifier } from "countersign";
import { identityOf, policyAuthorizer, simpleAuthorizer, viewerRequest, withIdentity } from "countersign/lambda";
import type {
  ALBEvent,
  ALBResult,
  APIGatewayAuthorizerResult,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyHandler,
  APIGatewayProxyResult,
  APIGatewayProxyStructuredResultV2,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerResult,
  APIGatewayTokenAuthorizerEvent,
  CloudFrontRequest,
  CloudFrontRequestEvent,
  CloudFrontRequestResult,
  Context,
  LambdaFunctionURLEvent,
} from "aws-lambda";

const verifier = createVerifier({ audience: "a", trust: [] });

type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

export const token: Handler<APIGatewayTokenAuthorizerEvent, APIGatewayAuthorizerResult> = policyAuthorizer(verifier);
export const request: Handler<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult> = policyAuthorizer(verifier);
export const http: Handler<APIGatewayRequestAuthorizerEventV2, APIGatewayAuthorizerResult> = policyAuthorizer(verifier);
export const simple: Handler<APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerResult> = simpleAuthorizer(verifier);
export const telling = policyAuthorizer<APIGatewayRequestAuthorizerEvent>(verifier, {
  reasons: (event) => (event.requestContext.stage === "test" ? "shown" : "hidden"),
  onRefused: (error, event) => console.log(error.code, event.path),
});

export const rest = withIdentity(verifier, async (event: APIGatewayProxyEvent, identity): Promise<APIGatewayProxyResult> => {
  return { statusCode: 200, body: `${event.path} ${identity.principal.arn}` };
});
export const restHandler: Handler<APIGatewayProxyEvent, APIGatewayProxyResult> = rest;
export const v2 = withIdentity(
  verifier,
  async (event: APIGatewayProxyEventV2, identity, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    return { statusCode: 200, body: `${event.rawPath} ${identity.principal.arn} ${context.awsRequestId}` };
  },
);
export const url: Handler<LambdaFunctionURLEvent, APIGatewayProxyStructuredResultV2> = withIdentity(
  verifier,
  async (event: LambdaFunctionURLEvent, identity) => ({ statusCode: 200, body: event.rawPath + identity.rule }),
  { realm: "functions", onRefused: (error, event) => console.log(error.code, event.rawPath) },
);
export const balancer: Handler<ALBEvent, ALBResult> = withIdentity(verifier, (event: ALBEvent, identity) => ({
  statusCode: 200,
  body: event.path + identity.rule,
}));
export const edge: Handler<CloudFrontRequestEvent, CloudFrontRequestResult> = viewerRequest<CloudFrontRequest>(verifier, {
  onRefused: (error, request) => console.log(error.code, request.uri),
});
export const behind: APIGatewayProxyHandler = async (event) => ({ statusCode: 200, body: identityOf(event).principal.arn });
export const behindHttp = (event: APIGatewayProxyEventV2WithLambdaAuthorizer<object>) => identityOf(event).aws.account;
// @ts-expect-error: the claims stay behind
identityOf({}).claims;
// @ts-expect-error: an unknown option
policyAuthorizer(verifier, { required: false });
// @ts-expect-error: API Gateway words the refusal
simpleAuthorizer(verifier, { realm: "functions" });
