// What a service is asked, and what it must answer.
import assert from "node:assert/strict";

const BATCH = "arn:aws:iam::111122223333:role/billing/Batch";

/** The calls to a service, whose policy trusts an `"organization"`, or one `"issuer"`. */
export const callsTo = (trusts) => [
  { title: "a good token", token: "good", status: 200 },
  { title: "no token", status: 401 },
  { title: "a genuine token that was made for another service", token: "elsewhere", status: 401 },
  { title: "the good token with another principal written into it", token: "forged", status: 401 },
  { title: "a genuine token of another principal of the same account", token: "alice", status: 403 },
  // Where one issuer is trusted, another one's tokens are not even looked into.
  { title: "a genuine token of a stranger's account", token: "stranger", status: trusts === "organization" ? 403 : 401 },
];

/** Makes a call. */
export async function perform(call, url, tokens) {
  const token = call.token && tokens[call.token];
  const answer = await fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {}, redirect: "error" });
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "",
    challenge: answer.headers.get("www-authenticate"),
    text: await answer.text(),
  };
}

/** Fails unless a call was answered as it must be; a `"plain"` challenge may name no error. */
export function check(call, answer, challengeKind) {
  const { status, type, challenge, text } = answer;
  const shown = `${call.title}: ${status} ${challenge ?? ""}\n${text}`;
  assert.equal(status, call.status, shown);
  if (status === 200) {
    assert.match(type, /^application\/json\b/, shown);
    const { principal, account } = JSON.parse(text);
    assert.deepEqual({ principal, account }, { principal: BATCH, account: "111122223333" }, shown);
  } else {
    assert.match(challenge, /^Bearer\b/, shown);
    const error = /\berror="([^"]*)"/.exec(challenge)?.[1];
    // RFC 6750, section 3.1: no code where there was no token.
    const code = call.token && (status === 401 ? "invalid_token" : "insufficient_scope");
    assert.equal(error, challengeKind === "plain" && status === 401 ? undefined : code, shown);
  }
}

/** The tokens to paste into the page, and what it must say of them. */
export const PASTED = [
  { title: "a good token", token: "good", code: "accepted" },
  { title: "a genuine token that was made for another service", token: "elsewhere", code: "audience.mismatch" },
  { title: "the good token with another principal written into it", token: "forged", code: "signature.invalid" },
  { title: "a genuine token of another principal of the same account", token: "alice", code: "trust.principal" },
  { title: "a genuine token of a stranger's account", token: "stranger", code: "trust.organization" },
];
