// How the cost grows with what a service has: issuers, rules, longer tokens, more tags in them. Signatures are
// RS256, whose verification takes the same for all of them, and is taken off: what the host's own function takes
// over the same tokens, round by round.
import { createPublicKey, randomUUID, verify as hostVerify } from "node:crypto";

import { ON_HOST, createVerifier } from "./ours.mjs";
import { interleave } from "./rounds.mjs";
import { differences, summary } from "./summary.mjs";
import { AUDIENCE, ISSUER, ORGANIZATION, ROLE, claims, makeKey, mint } from "./tokens.mjs";

const KEY = makeKey("RS256");
const TOKENS = 400;
/** How many issuers the tokens come from, where there are that many. */
const SPREAD = 100;

/** By curve: points of x and microseconds per verification beyond the signature; or the code of a refusal. */
export async function measure(plan) {
  const curves = {};
  for (const [name, { xs, at }] of Object.entries(CURVES)) {
    curves[name] = [];
    for (const x of xs(plan.fine)) {
      curves[name].push(await point(at(x), plan));
    }
  }
  // Without the host's path the signature is verified in wasm, and cannot be taken off.
  return { withoutSignature: ON_HOST, curves };
}

const decades = (fine) => (fine ? [1, 10, 100, 1000, 10_000] : [1, 100, 10_000]);
const CURVES = {
  issuers: { xs: decades, at: manyIssuers },
  "rules, each of another issuer": { xs: decades, at: (x) => manyRules(x, (index) => ({ issuer: issuerOf(index) })) },
  "rules, all of one issuer": { xs: decades, at: (x) => manyRules(x, (index) => ({ issuer: ISSUER, principals: [`arn:aws:iam::123456789012:role/other/job-${index}`] })) },
  "bytes of a token": { xs: (fine) => (fine ? [null, 0, 500, 1500, 3500, 7500, 14_000] : [null, 1500, 14_000]), at: longTokens },
  "request tags": { xs: (fine) => (fine ? [1, 10, 50, 200, 1000] : [1, 50, 1000]), at: manyTags },
};

/** As many issuers of one organization, with keys at hand; tokens of a hundred of them, in turn. */
function manyIssuers(count) {
  const issuers = Array.from({ length: count }, (_, index) => issuerOf(index));
  const step = Math.max(1, Math.floor(count / SPREAD));
  const tokens = Array.from({ length: TOKENS }, (_, index) => claims(index, { issuer: issuers[((index % SPREAD) * step) % count] }));
  return { x: count, trust: [{ organization: ORGANIZATION }], issuers, tokens };
}

/** The last of the rules is the one that trusts. */
function manyRules(count, other) {
  const rules = Array.from({ length: count - 1 }, (_, index) => ({ name: `rule ${index}`, ...other(index) }));
  const trust = [...rules, { name: "the last", issuer: ISSUER, principals: [ROLE] }];
  return { x: count, trust, issuers: [ISSUER], tokens: plainTokens() };
}

/** Longer by tags of the principal, 100 characters each; `null` is for an account that opted out of AWS's own claim. */
function longTokens(more) {
  if (more === null) {
    const tokens = plainTokens().map(({ "https://sts.amazonaws.com/": _, ...registered }) => registered);
    return { x: mint(KEY, tokens[0]).length, trust: [{ issuer: ISSUER }], issuers: [ISSUER], tokens };
  }
  const principal_tags = Object.fromEntries(Array.from({ length: Math.floor(more / 113) }, (_, index) => [`tag-${index}`, "v".repeat(100)]));
  const least = more === 0 ? { request_tags: {}, ou_path: [], original_session_exp: undefined } : {};
  const tokens = plainTokens({ ...least, principal_tags });
  return { x: mint(KEY, tokens[0]).length, trust: [{ issuer: ISSUER }], issuers: [ISSUER], tokens };
}

function manyTags(count) {
  const request_tags = Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "v"]));
  return { x: count, trust: [{ issuer: ISSUER }], issuers: [ISSUER], tokens: plainTokens({ request_tags }) };
}

function plainTokens(aws) {
  return Array.from({ length: TOKENS }, (_, index) => claims(index, { aws }));
}

function issuerOf(index) {
  return `https://${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000.tokens.sts.global.api.aws`;
}

async function point({ x, trust, issuers, tokens }, { rounds, warmUp }) {
  const policy = { audience: AUDIENCE, trust, algorithms: ["RS256"] };
  const keySet = { keys: [KEY.jwk] };
  const verifier = createVerifier(policy, { keys: Object.fromEntries(issuers.map((issuer) => [issuer, keySet])) });
  const inputs = tokens.map((payload) => mint(KEY, { ...payload, jti: randomUUID() }));
  try {
    inputs.forEach((token) => verifier.verifySync(token));
  } catch (error) {
    return { x, refused: error.code };
  }
  const key = createPublicKey({ key: KEY.jwk, format: "jwk" });
  const parts = inputs.map((token) => {
    const at = token.lastIndexOf(".");
    return { content: Buffer.from(token.slice(0, at)), signature: Buffer.from(token.slice(at + 1), "base64url") };
  });
  const times = await interleave(
    [
      { name: "whole", inputs, verify: (token) => verifier.verifySync(token) },
      { name: "bare", inputs: parts, verify: ({ content, signature }) => hostVerify("sha256", content, key, signature) },
    ],
    { rounds, warmUp },
  );
  return { x, whole: summary(times.whole), beyond: summary(differences(times.whole, times.bare)) };
}
