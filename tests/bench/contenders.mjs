// Each contender checks the same things: signature, issuer, audience, times, algorithm.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { JwtVerifier } from "aws-jwt-verify";
import fastJwt from "fast-jwt";
import { jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";

import { AUDIENCE, ISSUER } from "./tokens.mjs";

const installed = process.env.COUNTERSIGN_TARBALL_DIR;
if (!installed) {
  throw new Error("COUNTERSIGN_TARBALL_DIR is not set: run this by cargo xtask bench");
}
const { createVerifier } = createRequire(pathToFileURL(`${installed}/package.json`))("countersign");

/** By name, a function from a token to its claims; an async one is timed with its awaiting. */
export const CONTENDERS = {
  countersign({ algorithm, jwk }) {
    const verifier = createVerifier(
      { audience: AUDIENCE, trust: [{ issuer: ISSUER }], algorithms: [algorithm] },
      { keys: { [ISSUER]: { keys: [jwk] } } },
    );
    return (token) => verifier.verifySync(token).claims;
  },
  "aws-jwt-verify"({ jwk }) {
    const verifier = JwtVerifier.create({ issuer: ISSUER, audience: AUDIENCE });
    verifier.cacheJwks({ keys: [jwk] });
    return (token) => verifier.verifySync(token);
  },
  "fast-jwt"({ algorithm, publicKey }) {
    return fastJwt.createVerifier({
      key: publicKey.export({ type: "spki", format: "pem" }),
      algorithms: [algorithm],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      cache: false,
    });
  },
  jose({ algorithm, publicKey }) {
    const options = { algorithms: [algorithm], audience: AUDIENCE, issuer: ISSUER };
    return async (token) => (await jwtVerify(token, publicKey, options)).payload;
  },
  jsonwebtoken({ algorithm, publicKey }) {
    const options = { algorithms: [algorithm], audience: AUDIENCE, issuer: ISSUER };
    return (token) => jsonwebtoken.verify(token, publicKey, options);
  },
};
