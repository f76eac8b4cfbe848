// A server of each framework, as its users write one. Everything is behind the policy; `/shown` tells reasons, and
// `/optional` requires nothing. Each is `start({ verifier })` with a port of its own.
import { createServer } from "node:http";

import { serve } from "@hono/node-server";
import { authenticate as forExpress, identityOf as identityOfExpress } from "countersign/express";
import { authenticate as forFastify } from "countersign/fastify";
import { authenticate as forKoa } from "countersign/koa";
import express from "express";
import express4 from "express4";
import Fastify from "fastify";
import Koa from "koa";
import Koa2 from "koa2";

import { OPTIONAL, OPTIONS, SHOWN, answerTo } from "./service.mjs";
import { fetchHandler, honoApp } from "./web-handlers.mjs";

function listening(server) {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const close = () => new Promise((done) => server.close(done));
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, close });
    });
  });
}

async function textOf(stream) {
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}

function withExpress(make) {
  return (verifier, onRefused) => {
    const app = make();
    const answering = async (request, response) => {
      response.json(answerTo(request.identity, await textOf(request)));
    };
    app.use("/optional", forExpress(verifier, { ...OPTIONAL, onRefused }), answering);
    app.use("/shown", forExpress(verifier, { ...SHOWN, onRefused }), answering);
    app.use(forExpress(verifier, { ...OPTIONS, onRefused }), (request, _, next) => {
      identityOfExpress(request);
      next();
    });
    app.use(answering);
    // Four parameters make it a handler of errors.
    app.use((error, _request, response, _next) => response.status(500).send(error.code));
    return listening(createServer(app));
  };
}

/** Without a framework: the same middleware. */
function withNode(verifier, onRefused) {
  const hidden = forExpress(verifier, { ...OPTIONS, onRefused });
  const shown = forExpress(verifier, { ...SHOWN, onRefused });
  const optional = forExpress(verifier, { ...OPTIONAL, onRefused });
  return listening(
    createServer((request, response) => {
      const middleware = request.url.startsWith("/shown") ? shown : request.url.startsWith("/optional") ? optional : hidden;
      middleware(request, response, async (error) => {
        response.statusCode = error === undefined ? 200 : 500;
        response.end(error === undefined ? JSON.stringify(answerTo(request.identity, await textOf(request))) : error.code);
      });
    }),
  );
}

async function withFastify(verifier, onRefused) {
  const server = Fastify();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  const answering = (request) => answerTo(request.identity, request.body ?? "");
  for (const [prefix, options] of [["/", OPTIONS], ["/shown", SHOWN], ["/optional", OPTIONAL]]) {
    await server.register(
      async (scope) => {
        await scope.register(forFastify(verifier, { ...options, onRefused }));
        scope.all("/", answering);
      },
      { prefix },
    );
  }
  await server.listen({ port: 0, host: "127.0.0.1" });
  return { origin: `http://127.0.0.1:${server.server.address().port}`, close: () => server.close() };
}

function withKoa(make) {
  return (verifier, onRefused) => {
    const app = new make();
    app.silent = true;
    const [hidden, shown, optional] = [OPTIONS, SHOWN, OPTIONAL].map((options) => forKoa(verifier, { ...options, onRefused }));
    app.use((ctx, next) => (ctx.path.startsWith("/shown") ? shown : ctx.path.startsWith("/optional") ? optional : hidden)(ctx, next));
    app.use(async (ctx) => {
      ctx.body = answerTo(ctx.state.identity, await textOf(ctx.req));
    });
    return listening(createServer(app.callback()));
  };
}

function served(fetch) {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
      resolve({ origin: `http://127.0.0.1:${port}`, close: () => new Promise((done) => server.close(done)) });
    });
  });
}

export const SERVERS = {
  "Node's own server": withNode,
  "Express 4": withExpress(express4),
  "Express 5": withExpress(express),
  Fastify: withFastify,
  "Koa 2": withKoa(Koa2),
  "Koa 3": withKoa(Koa),
  Hono: (verifier, onRefused) => served(honoApp(verifier, onRefused).fetch),
  "a fetch handler": (verifier, onRefused) => served(fetchHandler(verifier, onRefused)),
};
