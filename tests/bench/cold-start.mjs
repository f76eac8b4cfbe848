// cold-start.mjs PACKAGE JOB.json: from nothing to the first verdict, as a service's first request has it.
import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";

const [, , name, file] = process.argv;
const PACKAGES = {
  nothing: () => {},
  "countersign (ESM)": async (job) => ours(await import("countersign"), job),
  "countersign (CommonJS)": (job) => ours(createRequire(import.meta.url)("countersign"), job),
  "aws-jwt-verify": async ({ issuer, audience, jwk, token }) => {
    const { JwtVerifier } = await import("aws-jwt-verify");
    const verifier = JwtVerifier.create({ issuer, audience });
    verifier.cacheJwks({ keys: [jwk] });
    verifier.verifySync(token);
  },
  "fast-jwt": async ({ issuer, audience, algorithm, jwk, token }) => {
    const [{ default: fastJwt }, { createPublicKey }] = [await import("fast-jwt"), await import("node:crypto")];
    const key = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
    fastJwt.createVerifier({ key, algorithms: [algorithm], allowedIss: issuer, allowedAud: audience })(token);
  },
  jose: async ({ issuer, audience, algorithm, jwk, token }) => {
    const { importJWK, jwtVerify } = await import("jose");
    await jwtVerify(token, await importJWK(jwk, algorithm), { algorithms: [algorithm], audience, issuer });
  },
  jsonwebtoken: async ({ issuer, audience, algorithm, jwk, token }) => {
    const [{ default: jsonwebtoken }, { createPublicKey }] = [await import("jsonwebtoken"), await import("node:crypto")];
    jsonwebtoken.verify(token, createPublicKey({ key: jwk, format: "jwk" }), { algorithms: [algorithm], audience, issuer });
  },
};

function ours({ createVerifier }, { issuer, audience, algorithm, jwk, token }) {
  const policy = { audience, trust: [{ issuer }], algorithms: [algorithm] };
  createVerifier(policy, { keys: { [issuer]: { keys: [jwk] } } }).verifySync(token);
}

await PACKAGES[name](JSON.parse(readFileSync(file, "utf8")));
// The verdict is there; whoever waits for it stops the clock now.
writeSync(1, "1");
