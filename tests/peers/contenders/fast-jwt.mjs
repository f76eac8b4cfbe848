import { createVerifier } from "fast-jwt";
import buildGetJwks from "get-jwks";

import { titled } from "./titled.mjs";

export default {
  name: "fast-jwt",
  title: titled(["fast-jwt", "get-jwks"]),
  create({ issuer, audience, algorithms, keys }) {
    const domain = keys.origin;
    const getJwks = buildGetJwks({ issuersWhitelist: [domain] });
    return createVerifier({
      key: ({ header }) => getJwks.getPublicKey({ kid: header.kid, alg: header.alg, domain }),
      allowedIss: issuer,
      allowedAud: audience,
      ...(algorithms && { algorithms }),
    });
  },
};
