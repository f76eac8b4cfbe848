// A server in Workers.
import { verifierOf } from "./service.mjs";
import { fetchHandler, honoApp } from "./web-handlers.mjs";

let fetch;

export default {
  fetch(request, { APP, GIVEN }) {
    if (fetch === undefined) {
      const verifier = verifierOf(GIVEN);
      fetch = APP === "hono" ? honoApp(verifier).fetch : fetchHandler(verifier);
    }
    return fetch(request);
  },
};
