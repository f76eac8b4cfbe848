// A worker as a service has it: the verifier is made once, in the module.
import { createVerifier } from "countersign";

import { verdicts } from "./verdicts.mjs";

const POLICY = { audience: "https://api.example.com", trust: [{ organization: "o-abc1234567" }] };
const verifier = createVerifier(POLICY);
/** Nothing that it begins outlives the request. */
const shortLived = createVerifier(POLICY, { waitUntil: () => {}, keyStore: { fetchTimeoutSeconds: 2 } });

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/verdicts") {
      return Response.json(verdicts({ createVerifier }, await request.json()));
    }
    const token = request.headers.get("authorization").replace("Bearer ", "");
    const by = pathname.startsWith("/short-lived") ? shortLived : verifier;
    if (pathname.endsWith("/left")) {
      // As if whoever asked had gone: the request ends here, and with it what it has under way.
      by.verify(token).catch(() => undefined);
      return new Response("left");
    }
    try {
      const { principal } = await by.verify(token);
      return new Response(principal.arn);
    } catch (error) {
      return new Response(error.code ?? String(error), { status: error.status ?? 500 });
    }
  },
};
