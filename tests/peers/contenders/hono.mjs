import { verifyWithJwks } from "hono/jwt";

import { titled } from "./titled.mjs";

export default {
  name: "hono",
  title: titled(["hono"]),
  // It cannot be used without a list of algorithms.
  create({ issuer, audience, algorithms = ["ES384", "RS256"], keys }) {
    const options = {
      jwks_uri: keys.keySetUrl,
      allowedAlgorithms: algorithms,
      verification: { iss: issuer, aud: audience },
    };
    return (token) => verifyWithJwks(token, options);
  },
};
