// The local issuer with its built-in accounts, and the tokens to try an example with.
import assert from "node:assert/strict";
import { start } from "./processes.mjs";

/** What the examples' tokens are made for. */
export const AUDIENCE = "https://api.example.com";
/** The organization that the examples trust: that of the local issuer's accounts but one. */
export const ORGANIZATION = "o-abc1234567";

/** Access key ids of the local issuer: a role that the examples trust, a user of the same account, a stranger. */
export const BATCH = "ASIAEXAMPLEBATCH0001";
const ALICE = "AKIAEXAMPLEALICE0001";
const STRANGER = "ASIAEXAMPLESTRANGER1";
const ACCOUNT_OF_BATCH = "111122223333";

/** Starts a local issuer on a free port. */
export async function startIssuer() {
  const cli = process.env.COUNTERSIGN_CLI;
  assert.ok(cli, "COUNTERSIGN_CLI is not set: run `cargo xtask example NAME`");
  const program = start([cli, "issuer", "--listen", "127.0.0.1:0"]);
  const url = /^listening on (\S+?)\/?$/.exec(await program.firstLine())?.[1];
  assert.ok(url, `the local issuer did not start:\n${program.output()}`);
  const { accounts } = await (await fetch(`${url}/_countersign/state`)).json();
  const { issuer } = accounts.find(({ account }) => account === ACCOUNT_OF_BATCH);
  return { url, issuerOfBatch: issuer, stop: program.stop };
}

/** The tokens to try a service with, by name; each lives for an hour. */
export async function mintTokens(url) {
  const good = await mint(url, { as: BATCH });
  return {
    good,
    elsewhere: await mint(url, { as: BATCH, audience: "https://other.example.com" }),
    forged: forged(good),
    alice: await mint(url, { as: ALICE }),
    stranger: await mint(url, { as: STRANGER }),
  };
}

/** A token by STS's API; the local issuer takes any signature of these access keys. */
export async function mint(url, { as, audience = AUDIENCE, seconds = 3600 }) {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `AWS4-HMAC-SHA256 Credential=${as}/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
    },
    body: new URLSearchParams({
      Action: "GetWebIdentityToken",
      Version: "2011-06-15",
      "Audience.member.1": audience,
      SigningAlgorithm: "ES384",
      DurationSeconds: seconds,
    }),
  });
  const text = await answer.text();
  const token = /<WebIdentityToken>([^<]+)</.exec(text)?.[1];
  assert.ok(token, text);
  return token;
}

/** The token with another principal in it, as whoever cannot sign would try. */
function forged(token) {
  const [header, payload, signature] = token.split(".");
  const claims = Buffer.from(payload, "base64url").toString().replaceAll("role/billing/Batch", "role/billing/Admin");
  return [header, Buffer.from(claims).toString("base64url"), signature].join(".");
}
