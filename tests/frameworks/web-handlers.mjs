// What runs wherever there are `Request` and `Response`.
import { createAuthenticator, withIdentity } from "countersign/fetch";
import { authenticate as forHono } from "countersign/hono";
import { Hono } from "hono";

import { OPTIONAL, OPTIONS, SHOWN, answerTo } from "./service.mjs";

export function honoApp(verifier, onRefused) {
  const app = new Hono();
  const answering = async (c) => c.json(answerTo(c.get("identity"), await c.req.text()));
  app.all("/optional", forHono(verifier, { ...OPTIONAL, onRefused }), answering);
  app.all("/shown", forHono(verifier, { ...SHOWN, onRefused }), answering);
  app.all("/", forHono(verifier, { ...OPTIONS, onRefused }), answering);
  app.onError((error, c) => c.text(String(error.code), 500));
  return app;
}

/** A plain handler. */
export function fetchHandler(verifier, onRefused) {
  const answering = async (request, identity) => Response.json(answerTo(identity, await request.text()));
  const hidden = withIdentity(verifier, answering, { ...OPTIONS, onRefused });
  const shown = withIdentity(verifier, answering, { ...SHOWN, onRefused });
  const optional = createAuthenticator(verifier, { ...OPTIONAL, onRefused });
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/optional") {
      const { identity, response } = await optional(request);
      return response ?? answering(request, identity);
    }
    return (pathname === "/shown" ? shown : hidden)(request);
  };
}
