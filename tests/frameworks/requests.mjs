/** Requests, and how each is answered whatever the framework. */
import { ISSUER, POLICY, keysOf, mint, newKey, seconds } from "../replay/tokens.mjs";
import { BREAKING, ISSUER_DOWN, ROLE, verifierOf } from "./service.mjs";

const pem = newKey();

/** What servers need, as JSON. Their clocks stand still, since answers name the time. */
export const GIVEN = { keys: keysOf(pem), policy: POLICY, now: seconds() };
export const verifier = verifierOf(GIVEN);

let minted = 0;
const token = (claims) => mint(pem, `token-${++minted}`, claims);
export const GOOD = token();
const EXPIRED = token({ iat: seconds() - 900 });
const STRANGER = token({ sub: "arn:aws:iam::123456789012:role/other" });
const FORGED = `${GOOD.slice(0, -6)}AAAAAA`;
const [header, payload, signature] = GOOD.split(".");
const unknownKeys = JSON.stringify({ ...JSON.parse(Buffer.from(payload, "base64url")), iss: ISSUER_DOWN });
const WITHOUT_KEYS = [header, Buffer.from(unknownKeys).toString("base64url"), signature].join(".");

const REALM = 'Bearer realm="the _billing_ API"';
const PHRASES = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 503: "Service Unavailable" };
const problem = (status, more) => ({ type: "about:blank", title: PHRASES[status], status, ...more });

/** Faults of a request's form are told whether or not reasons are shown. */
function ofForm(status, detail, error = "") {
  return { status, challenge: `${REALM}${error}`, problem: () => problem(status, { detail }) };
}

const MISSING = ofForm(401, "There is no bearer token in the header Authorization.");
const NOT_ONE = "The header Authorization is not one bearer token.";
const MALFORMED = ofForm(400, NOT_ONE, `, error="invalid_request", error_description="${NOT_ONE}"`);

/** What is wrong with a token is told as the verifier tells it. */
function ofToken(status, code, error, bearer, retryAfter) {
  return {
    status,
    code,
    retryAfter,
    challenge: error === undefined ? undefined : (shown) => `${REALM}, error="${error}"${shown ? `, error_description="${shown.message}"` : ""}`,
    problem: (shown) => {
      if (shown === undefined) return problem(status);
      const { message, check, expected, found, remedy, retryable } = shown;
      return problem(status, { detail: message, code, check, expected, found, remedy, retryable });
    },
    bearer,
  };
}

const accepted = { status: 200, arn: ROLE };
const bearing = (bearer) => ({ authorization: `Bearer ${bearer}` });

/** Name, headers (a list: several of one name), answer. */
export const CASES = [
  ["a good token", bearing(GOOD), accepted],
  ["the scheme in other letters, and more space", { authorization: `bEARER   ${GOOD}` }, accepted],
  ["no credentials", {}, MISSING],
  ["a token in the query", {}, MISSING, `/?access_token=${GOOD}`],
  ["a token in a cookie", { cookie: `authorization=Bearer ${GOOD}` }, MISSING],
  ["another scheme", { authorization: "Basic dXNlcjpwYXNz" }, MISSING],
  ["another scheme with commas", { authorization: 'Digest a="b", c="d"' }, MISSING],
  ["an empty header", { authorization: "" }, MISSING],
  ["no token after the scheme", { authorization: "Bearer" }, MALFORMED],
  ["more than a token", bearing(`${GOOD} more`), MALFORMED],
  ["what no token consists of", bearing(`"${GOOD}"`), MALFORMED],
  ["a token without the scheme", { authorization: GOOD }, MISSING],
  ["two tokens in a header", bearing(`${GOOD}, ${GOOD}`), MALFORMED],
  ["two credentials in a header", bearing(`${GOOD}, Bearer ${GOOD}`), MALFORMED],
  ["two headers", { authorization: [`Bearer ${GOOD}`, `Bearer ${GOOD}`] }, MALFORMED],
  ["two headers of two schemes", { authorization: ["Basic dXNlcjpwYXNz", `Bearer ${GOOD}`] }, MALFORMED],
  ["no token at all", bearing("nonsense"), ofToken(401, "token.segments", "invalid_token", "nonsense")],
  ["an expired token", bearing(EXPIRED), ofToken(401, "time.expired", "invalid_token", EXPIRED)],
  ["a forged token", bearing(FORGED), ofToken(401, "signature.invalid", "invalid_token", FORGED)],
  ["a token that the policy does not trust", bearing(STRANGER), ofToken(403, "trust.principal", "insufficient_scope", STRANGER)],
  ["a token without keys", bearing(WITHOUT_KEYS), ofToken(503, "key.unavailable", undefined, WITHOUT_KEYS, "5")],
  ["a failure inside", bearing(BREAKING), { status: 500 }],
];

/** What an answer must be, headers and all, with or without reasons. */
export async function expected({ status, arn, challenge, problem, code, bearer, retryAfter }, shown) {
  if (problem === undefined) {
    return { status, challenge: null, retryAfter: null, ...(arn !== undefined && { body: { arn, body: "" } }) };
  }
  const rejection = bearer === undefined ? undefined : await verifier.verify(bearer).then(() => undefined, (error) => error.toJSON());
  if (bearer !== undefined && rejection?.code !== code) {
    throw new Error(`a case for ${code} is one for ${rejection?.code}`);
  }
  const reasons = shown ? rejection : undefined;
  return {
    status,
    challenge: (typeof challenge === "function" ? challenge(reasons) : challenge) ?? null,
    retryAfter: retryAfter ?? null,
    type: "application/problem+json",
    cache: "no-store",
    body: problem(reasons),
  };
}

export { ISSUER };
