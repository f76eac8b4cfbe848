import { Agent } from "node:http";

import { JwtVerifier } from "aws-jwt-verify";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";

import { titled } from "./titled.mjs";

export default {
  name: "aws-jwt-verify",
  title: titled(["aws-jwt-verify"]),
  // It has no setting for algorithms.
  create({ issuer, audience, keys }) {
    // Its own cache and its own fetcher, whose agent lets it speak http to loopback.
    const fetcher = new SimpleFetcher({ defaultRequestOptions: { agent: new Agent() } });
    const verifier = JwtVerifier.create(
      { issuer, audience, jwksUri: keys.keySetUrl },
      { jwksCache: new SimpleJwksCache({ fetcher }) },
    );
    return (token) => verifier.verify(token);
  },
};
