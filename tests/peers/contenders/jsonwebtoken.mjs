import { promisify } from "node:util";

import jsonwebtoken from "jsonwebtoken";
import jwksRsa from "jwks-rsa";

import { titled } from "./titled.mjs";

const verify = promisify(jsonwebtoken.verify);

export default {
  name: "jsonwebtoken",
  title: titled(["jsonwebtoken", "jwks-rsa"]),
  create({ issuer, audience, algorithms, keys }) {
    const client = jwksRsa({ jwksUri: keys.keySetUrl });
    const keyOf = ({ kid }, done) => {
      client.getSigningKey(kid).then((key) => done(null, key.getPublicKey()), done);
    };
    return (token) => verify(token, keyOf, { issuer, audience, ...(algorithms && { algorithms }) });
  },
};
