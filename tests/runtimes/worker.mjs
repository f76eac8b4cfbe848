// A worker as a service has it: the verifier is made once, in the module.
import { createVerifier } from "countersign";
import { cacheStore, durableObjectReplay, durableObjectStore, kvStore } from "countersign/cloudflare";

import { verdicts } from "./verdicts.mjs";

const POLICY = { audience: "https://api.example.com", trust: [{ organization: "o-abc1234567" }] };
const verifier = createVerifier(POLICY);
/** Nothing that it begins outlives the request. */
const shortLived = createVerifier(POLICY, { waitUntil: () => {}, keyStore: { fetchTimeoutSeconds: 2 } });

export { KeptKeys, UsedTokens } from "countersign/cloudflare";

/** Verifiers that are as new as the isolate's first, by what Workers keep things in. */
const MADE = {
  "/kv": ({ KEYS }) => createVerifier(POLICY, { store: kvStore(KEYS) }),
  "/object": ({ KEPT }) => createVerifier(POLICY, { store: durableObjectStore(KEPT) }),
  "/cache": () => createVerifier(POLICY, { store: cacheStore(caches.default) }),
  "/once": ({ USED }) => createVerifier(POLICY, { replay: { store: durableObjectReplay(USED), whenUnavailable: "refuse" } }),
};

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/verdicts") {
      return Response.json(verdicts({ createVerifier }, await request.json()));
    }
    const token = request.headers.get("authorization").replace("Bearer ", "");
    const by = MADE[pathname]?.(env) ?? (pathname.startsWith("/short-lived") ? shortLived : verifier);
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
