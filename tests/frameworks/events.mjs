/** Lambda's events as AWS documents them, around the headers of a test. */

/** `headers` of a test: a value, or several of one name. */
const lists = (headers) => Object.entries(headers).map(([name, value]) => [name, [value].flat()]);
const lastOf = (headers) => Object.fromEntries(lists(headers).map(([name, values]) => [name, values.at(-1)]));
const allOf = (headers) => Object.fromEntries(lists(headers));
const joined = (headers) => Object.fromEntries(lists(headers).map(([name, values]) => [name.toLowerCase(), values.join(",")]));
/** REST APIs keep names as they were sent. */
const asSent = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [capital(name), value]));
const capital = (name) => name[0].toUpperCase() + name.slice(1);

const IDENTITY = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: "192.0.2.1",
  user: null,
  userAgent: "user-agent",
  userArn: null,
};

const contextOfRest = (method, authorizer) => ({
  accountId: "123456789012",
  apiId: "abcdef123",
  ...(authorizer && { authorizer }),
  domainName: "abcdef123.execute-api.eu-west-1.amazonaws.com",
  domainPrefix: "abcdef123",
  extendedRequestId: "request-id",
  httpMethod: method,
  identity: IDENTITY,
  path: "/prod/request",
  protocol: "HTTP/1.1",
  requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  requestTime: "09/Apr/2015:12:34:56 +0000",
  requestTimeEpoch: 1428582896000,
  resourceId: "123456",
  resourcePath: "/request",
  stage: "prod",
});

/** A proxy integration of a REST API (and of an HTTP API with payload format 1.0, which has `version`). */
export function restEvent(headers, { method = "GET", body = null, authorizer } = {}) {
  const sent = asSent(headers);
  const none = Object.keys(headers).length === 0;
  return {
    resource: "/request",
    path: "/request",
    httpMethod: method,
    headers: none ? null : lastOf(sent),
    multiValueHeaders: none ? null : allOf(sent),
    queryStringParameters: { access_token: "parameter1" },
    multiValueQueryStringParameters: { access_token: ["parameter1"] },
    requestContext: contextOfRest(method, authorizer),
    pathParameters: null,
    stageVariables: null,
    body,
    isBase64Encoded: false,
  };
}

const contextOfHttp = (method, authorizer) => ({
  accountId: "123456789012",
  apiId: "api-id",
  ...(authorizer && { authorizer }),
  domainName: "id.execute-api.us-east-1.amazonaws.com",
  domainPrefix: "id",
  http: { method, path: "/request", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "agent" },
  requestId: "id",
  routeKey: "$default",
  stage: "$default",
  time: "12/Mar/2020:19:03:58 +0000",
  timeEpoch: 1583348638390,
});

/** A proxy integration of an HTTP API with payload format 2.0, and a function URL. */
export function httpEvent(headers, { method = "GET", body, authorizer } = {}) {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/request",
    rawQueryString: "",
    ...(headers.cookie && { cookies: [headers.cookie] }),
    headers: joined(headers),
    requestContext: contextOfHttp(method, authorizer),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** A load balancer's: either one value for each header, or with multi-value headers several. */
export function balancerEvent(headers, { method = "GET", several = true } = {}) {
  const arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda/49e9d65c45c6791a";
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    requestContext: { elb: { targetGroupArn: arn } },
    httpMethod: method,
    path: "/request",
    ...(several ? { multiValueQueryStringParameters: {} } : { queryStringParameters: {} }),
    ...(several ? { multiValueHeaders: allOf(lower) } : { headers: lastOf(lower) }),
    body: "",
    isBase64Encoded: false,
  };
}

/** What a TOKEN authorizer is asked. */
export function tokenQuestion(authorizationToken) {
  return { type: "TOKEN", methodArn: `${STAGE}GET/request`, authorizationToken };
}

/** What a REQUEST authorizer of a REST API is asked. */
export function requestQuestion(headers) {
  const { body: _, isBase64Encoded: __, ...event } = restEvent(headers);
  return { type: "REQUEST", methodArn: `${STAGE}GET/request`, ...event };
}

/** What an authorizer of an HTTP API is asked with payload format 1.0. */
export function httpQuestion1(headers) {
  const { authorization } = joined(headers);
  return { version: "1.0", ...requestQuestion(headers), identitySource: authorization, authorizationToken: authorization };
}

/** What an authorizer of an HTTP API is asked with payload format 2.0. */
export function httpQuestion2(headers) {
  const { body: _, isBase64Encoded: __, version, ...event } = httpEvent(headers);
  return { version, type: "REQUEST", routeArn: `${STAGE}GET/request`, identitySource: [headers.authorization], ...event };
}

/** What an authorizer of a WebSocket API is asked when a client connects. */
export function socketQuestion(headers) {
  const { resource: _, path: __, httpMethod: ___, pathParameters: ____, ...event } = requestQuestion(headers);
  const requestContext = { routeKey: "$connect", eventType: "CONNECT", connectionId: "JD-sUfCDoAMCKSA=", apiId: "abcdef123", stage: "prod" };
  return { ...event, methodArn: `${STAGE}$connect`, requestContext };
}

export const STAGE = "arn:aws:execute-api:eu-west-1:123456789012:abcdef123/prod/";

/** A viewer request of CloudFront. */
export function viewerEvent(headers, method = "GET") {
  const map = lists({ host: "d123.cloudfront.net", "user-agent": "agent", ...headers }).map(([name, values]) => [
    name.toLowerCase(),
    values.map((value) => ({ key: capital(name), value })),
  ]);
  const config = {
    distributionDomainName: "d111111abcdef8.cloudfront.net",
    distributionId: "EDFDVBD6EXAMPLE",
    eventType: "viewer-request",
    requestId: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
  };
  const request = { clientIp: "203.0.113.178", headers: Object.fromEntries(map), method, querystring: "access_token=parameter1", uri: "/" };
  return { Records: [{ cf: { config, request } }] };
}
