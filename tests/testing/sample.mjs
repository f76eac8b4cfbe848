// What the tests share: a policy of production's kind, and what a verifier makes of a token.
import { createVerifier } from "countersign";

export const AUDIENCE = "https://api.example.com";
export const ORGANIZATION = "o-abc1234567";
export const NOW = 1_776_757_030;

/** The policy of a service in production: nothing in it is for tests. */
export const POLICY = {
  audience: AUDIENCE,
  trust: [{ name: "ours", organization: ORGANIZATION, principals: "arn:aws:iam::*:role/**" }],
};

export function verifierFor(issuer, options = {}, policy = POLICY) {
  return createVerifier(policy, { fetch: issuer.fetch, now: issuer.now, ...options });
}

/** `accepted`, or the code of the refusal. */
export async function verdict(verifier, token) {
  return verifier.verify(await token).then(
    () => "accepted",
    (error) => error.code ?? String(error),
  );
}

export function claimsOf(token) {
  return part(token, 1);
}

export function headerOf(token) {
  return part(token, 0);
}

function part(token, at) {
  return JSON.parse(Buffer.from(token.split(".")[at], "base64url").toString("utf8"));
}

export const CLAIM = "https://sts.amazonaws.com/";
