import { createRemoteJWKSet, jwtVerify } from "jose";

import { titled } from "./titled.mjs";

export default {
  name: "jose",
  title: titled(["jose"]),
  create({ issuer, audience, algorithms, keys }) {
    const keySet = createRemoteJWKSet(new URL(keys.keySetUrl));
    return async (token) => (await jwtVerify(token, keySet, { issuer, audience, algorithms })).payload;
  },
};
