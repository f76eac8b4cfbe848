// Signed by a published key, and still not to be accepted.
import { createHash } from "node:crypto";

import { ANY, meet } from "../arena.mjs";
import { now } from "../clock.mjs";
import { EC384, KEY_SET, NOT_FOR_SIGNATURES, P256_FOR_ES384, RSA, RSA_1024, keySet, published } from "../keys.mjs";
import { claims, headerOf, mint } from "../tokens.mjs";
import { verdict } from "./outcome.mjs";

export const HOSTILE_TOKENS = [
  row("unknown `crit` header", [
    refused("", "header.critical", () => mint({ header: { crit: ["x-unknown"], "x-unknown": 1 } })),
  ]),
  row("duplicate JSON members", [
    refused("in the header", "token.duplicate_member", () => mint({ header: twice(headerOf(EC384), "alg") })),
    refused("in the payload", "token.duplicate_member", () => mint({ payload: twice(claims(), "sub") })),
  ]),
  row("non-canonical end of a base64url segment", [
    refused("", "token.non_canonical", () => nonCanonical(mint({ key: RSA }))),
  ]),
  row("characters around base64url", [
    refused("`=` after the signature", "token.base64url", () => `${mint({ key: RSA })}==`),
    refused("a newline inside a segment", "token.base64url", () => withNewline(mint())),
  ]),
  row("invalid UTF-8 in the payload", [refused("", "token.utf8", () => mint({ payload: invalidUtf8() }))]),
  row("a token of 2 MB", [
    refused("", "token.too_large", () => mint({ payload: { padding: "x".repeat(1_500_000) } }), {
      note: timesHashingIt,
    }),
  ]),
  row("no `exp`", [refused("", "claim.missing", () => mint({ payload: { exp: undefined } }))]),
  row("`iat` a day ahead", [
    refused("", "time.issued_in_future", () => mint({ payload: { iat: now() + 86_400, exp: now() + 86_700 } })),
  ]),
  row("an RSA key of 1024 bits", [
    refused("", "key.unusable", () => mint({ key: RSA_1024 }), { extra: published(RSA_1024) }),
  ]),
  row("an `ES384` header with a P-256 key", [
    refused("", "key.algorithm", () => mint({ key: P256_FOR_ES384 }), { extra: published(P256_FOR_ES384) }),
  ]),
  row("an `RS512` header with an RSA key that has no `alg`", [
    refused("algorithms set to AWS's two", "algorithm.unsupported", rs512),
    refused("no algorithms set", "algorithm.unsupported", rs512, { algorithms: ANY }),
  ]),
  row("a key that is not for signatures", [
    refused("`use` is `enc`", "key.unusable", () => mint({ key: NOT_FOR_SIGNATURES }), {
      extra: published(NOT_FOR_SIGNATURES, { use: "enc" }),
    }),
    refused("`key_ops` without `verify`", "key.unusable", () => mint({ key: NOT_FOR_SIGNATURES }), {
      extra: published(NOT_FOR_SIGNATURES, { use: undefined, key_ops: ["encrypt"] }),
    }),
  ]),
];

function row(title, lines) {
  return { title, lines };
}

/** A line in which the token must be refused, while a good one from the same issuer is accepted. */
function refused(title, code, token, { extra, algorithms, note } = {}) {
  const keys = extra === undefined ? KEY_SET : keySet(...KEY_SET.keys, extra);
  return {
    title,
    ours: { cell: "refused", detail: code },
    run: (contender) =>
      meet(contender, { keySet: keys, algorithms }, async (meeting) => {
        await meeting.mustAccept(mint());
        await meeting.mustAccept(mint({ key: RSA }));
        const shown = token();
        const outcome = verdict(await meeting.judge(shown));
        return note === undefined ? outcome : { ...outcome, note: await note(meeting, shown) };
      }),
  };
}

/** What it costs to judge this token, by a measure that is the same for all contenders. */
async function timesHashingIt(meeting, token) {
  const judging = await processorTime(() => meeting.judgeAtOnce(token));
  const hashing = await processorTime(() => createHash("sha256").update(token).digest());
  return `${(judging / hashing).toFixed(1)} × hashing it`;
}

/** Of several turns together, warmed up: what other processes do meanwhile does not count. */
async function processorTime(work) {
  const turns = async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      await work();
    }
  };
  await turns();
  const before = process.cpuUsage();
  await turns();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function rs512() {
  return mint({ key: { ...RSA, alg: "RS512", hash: "sha512" } });
}

/** The same value twice, so that nothing but the doubling is wrong. */
function twice(members, name) {
  return `${JSON.stringify(members).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(members[name])}}`;
}

/** Another spelling of the same signature: 256 bytes leave four bits of the last character unused. */
function nonCanonical(token) {
  const last = ALPHABET.indexOf(token.at(-1));
  return `${token.slice(0, -1)}${ALPHABET[last + 1]}`;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function withNewline(token) {
  return `${token.slice(0, -40)}\n${token.slice(-40)}`;
}

function invalidUtf8() {
  const [before, after] = JSON.stringify({ ...claims(), note: "here" }).split("here");
  return Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28]), Buffer.from(after)]);
}
