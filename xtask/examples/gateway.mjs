// gateway.mjs FOLDER: plays API Gateway's REST API by a SAM template, `template.yaml`: functions are called with events
// of its form, behind the authorizer that the template names. Of a template it knows what examples/lambda has.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";

import { parse } from "yaml";

const ACCOUNT = "123456789012";
const folder = resolve(process.argv[2]);
const { PORT } = process.env;

const customTags = ["Ref", "GetAtt", "Sub"].map((name) => ({ tag: `!${name}`, resolve: (text) => ({ [name]: text }) }));
const { Resources } = parse(readFileSync(join(folder, "template.yaml"), "utf8"), { customTags });
const api = only("AWS::Serverless::Api");
const authorizer = api.Auth.Authorizers[api.Auth.DefaultAuthorizer];
assert.equal(authorizer.FunctionPayloadType, "TOKEN");
const authorize = await handlerOf(Resources[authorizer.FunctionArn.GetAtt.split(".")[0]]);
const routes = await Promise.all(
  Object.values(Resources)
    .filter(({ Type }) => Type === "AWS::Serverless::Function")
    .flatMap((resource) => Object.values(resource.Properties.Events ?? {}).map((event) => route(resource, event))),
);

createServer((request, response) => {
  answer(request).then(
    ({ statusCode, headers, body }) => response.writeHead(statusCode, headers).end(body),
    (error) => {
      console.error(error);
      // A function failed.
      response.writeHead(502, { "content-type": "application/json" }).end('{"message": "Internal server error"}');
    },
  );
}).listen(Number(PORT), "127.0.0.1");
process.once("SIGTERM", () => process.exit());

async function answer(request) {
  const path = new URL(request.url, "http://api").pathname;
  const found = routes.find((each) => each.path === path && each.method === request.method);
  if (found === undefined) return gatewayResponse("MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token");
  const context = {};
  if (found.isProtected) {
    const token = request.headers[authorizer.Identity.Header.toLowerCase()];
    // Then no authorizer is asked.
    if (token === undefined) return gatewayResponse("UNAUTHORIZED", 401, "Unauthorized");
    const methodArn = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:a1b2c3d4e5/${api.StageName}/${found.method}${path}`;
    let said;
    try {
      said = await authorize({ type: "TOKEN", authorizationToken: token, methodArn }, lambdaContext());
    } catch (error) {
      if (error.message === "Unauthorized") return gatewayResponse("UNAUTHORIZED", 401, "Unauthorized");
      console.error(error);
      return gatewayResponse("AUTHORIZER_FAILURE", 500, null);
    }
    if (!allows(said.policyDocument, methodArn)) {
      return gatewayResponse("ACCESS_DENIED", 403, "User is not authorized to access this resource with an explicit deny");
    }
    // What is handed on arrives as text, whatever it was.
    for (const [name, value] of Object.entries(said.context ?? {})) {
      assert.ok(["string", "number", "boolean"].includes(typeof value), `API Gateway takes no ${typeof value}: ${name}`);
      context[name] = String(value);
    }
    context.principalId = said.principalId;
  }
  return found.handler(proxyEvent(request, found, context), lambdaContext());
}

/** An event of a REST API's proxy integration. */
function proxyEvent(request, { path, method, isProtected }, authorizer) {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    resource: path,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      resourcePath: path,
      httpMethod: method,
      path: `/${api.StageName}${path}`,
      accountId: ACCOUNT,
      protocol: "HTTP/1.1",
      stage: api.StageName,
      requestId: randomUUID(),
      apiId: "a1b2c3d4e5",
      ...(isProtected && { authorizer }),
    },
    body: null,
    isBase64Encoded: false,
  };
}

/** Whether a policy allows a method: a later statement or a wildcard takes nothing from a denial. */
function allows({ Statement }, methodArn) {
  const matching = Statement.filter(({ Action, Resource }) => {
    assert.equal(Action, "execute-api:Invoke");
    return new RegExp(`^${Resource.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(methodArn);
  });
  return matching.length > 0 && matching.every(({ Effect }) => Effect === "Allow");
}

/** The template's own answer of this kind, or API Gateway's. */
function gatewayResponse(kind, status, message) {
  const { StatusCode, ResponseParameters } = api.GatewayResponses[kind] ?? {};
  // Static values are quoted.
  const named = Object.entries(ResponseParameters?.Headers ?? {});
  const headers = named.map(([name, text]) => [name.toLowerCase(), /^'(.*)'$/.exec(text)[1]]);
  return {
    statusCode: StatusCode ?? status,
    headers: { "content-type": "application/json", ...Object.fromEntries(headers) },
    body: JSON.stringify({ message }),
  };
}

async function route(resource, { Type, Properties }) {
  assert.equal(Type, "Api");
  const isProtected = Properties.Auth?.Authorizer !== "NONE";
  return { path: Properties.Path, method: Properties.Method.toUpperCase(), isProtected, handler: await handlerOf(resource) };
}

/** The function that a template names as `path/to/module.name`. */
async function handlerOf({ Properties: { Handler } }) {
  const [, module, name] = /^(.*)\.(\w+)$/.exec(Handler);
  const handler = (await import(join(folder, `${module}.mjs`)))[name];
  assert.ok(typeof handler === "function" && handler.length <= 2, `${Handler} is no function that Lambda awaits`);
  return handler;
}

function lambdaContext() {
  return { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 10_000 };
}

function only(type) {
  const [found, another] = Object.values(Resources).filter(({ Type }) => Type === type);
  assert.ok(found && !another, `the template has one ${type}`);
  return found.Properties;
}
