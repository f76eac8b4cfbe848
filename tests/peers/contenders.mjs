/** Each as its own documentation says for this task: issuer and audience are told, all else is as shipped. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const installed = process.env.COUNTERSIGN_TARBALL_DIR;
if (!installed) {
  throw new Error("COUNTERSIGN_TARBALL_DIR is not set: run this by cargo xtask test");
}
const ofTarball = createRequire(pathToFileURL(`${installed}/package.json`));

/** By name: the packages, and a maker of a fresh verifier, a function from a token to a promise. */
export const CONTENDERS = {
  countersign: {
    packages: ["countersign"],
    async make({ issuer, audience }) {
      const { createVerifier } = ofTarball("countersign");
      const verifier = createVerifier({ audience, trust: [{ issuer }] });
      return (token) => verifier.verify(token);
    },
  },
  "aws-jwt-verify": {
    packages: ["aws-jwt-verify"],
    async make({ issuer, audience, jwksUri }) {
      const { JwtVerifier } = await import("aws-jwt-verify");
      const verifier = JwtVerifier.create({ issuer, audience, jwksUri });
      return (token) => verifier.verify(token);
    },
  },
  jose: {
    packages: ["jose"],
    async make({ issuer, audience, jwksUri }) {
      const { createRemoteJWKSet, jwtVerify } = await import("jose");
      const keys = createRemoteJWKSet(new URL(jwksUri));
      return (token) => jwtVerify(token, keys, { issuer, audience });
    },
  },
  "fast-jwt": {
    packages: ["fast-jwt", "get-jwks"],
    async make({ issuer, audience }) {
      const { createVerifier } = await import("fast-jwt");
      const { default: buildGetJwks } = await import("get-jwks");
      const getJwks = buildGetJwks({ issuersWhitelist: [issuer] });
      return createVerifier({
        key: ({ header: { kid, alg } }) => getJwks.getPublicKey({ kid, alg, domain: issuer }),
        allowedIss: issuer,
        allowedAud: audience,
      });
    },
  },
  jsonwebtoken: {
    packages: ["jsonwebtoken", "jwks-rsa"],
    async make({ issuer, audience, jwksUri }) {
      const { default: jsonwebtoken } = await import("jsonwebtoken");
      const { default: jwksClient } = await import("jwks-rsa");
      const client = jwksClient({ jwksUri });
      const getKey = ({ kid }, done) =>
        client.getSigningKey(kid, (error, key) => done(error, key?.getPublicKey()));
      return (token) =>
        new Promise((resolve, reject) => {
          jsonwebtoken.verify(token, getKey, { issuer, audience }, (error, claims) =>
            error ? reject(error) : resolve(claims),
          );
        });
    },
  },
  hono: {
    packages: ["hono"],
    async make({ issuer, audience, jwksUri }) {
      const { verifyWithJwks } = await import("hono/jwt");
      const options = {
        jwks_uri: jwksUri,
        allowedAlgorithms: ["RS256", "RS512", "ES384"],
        verification: { iss: issuer, aud: audience },
      };
      return (token) => verifyWithJwks(token, options);
    },
  },
};

/** `jose 6.2.17`, or `fast-jwt 6.3.6, get-jwks 11.0.3`. */
export function versions({ packages }) {
  const version = (name) =>
    name === "countersign"
      ? ofTarball("countersign/package.json").version
      : JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;
  return packages.map((name) => `${name} ${version(name)}`).join(", ");
}
