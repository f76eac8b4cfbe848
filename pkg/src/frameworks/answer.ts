/** How a refusal is answered: a challenge (RFC 6750, section 3) and a problem document (RFC 9457). */
import { CredentialsError } from "../errors.js";
import { plain } from "./settings.js";
import type { RefusalError, Settings } from "./settings.js";

/** An answer that any framework can send. */
export interface Answer {
  readonly status: number;
  /** The status in words. */
  readonly phrase: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where the method is HEAD. */
  readonly body: string;
}

type Saying = Pick<Settings<never>, "realm" | "retryAfterSeconds">;

/**
 * `tests/vectors/http/answers.json` is the table of answers, which Rust's services give too.
 *
 * @param shown - Whether the reasons are told.
 */
export function answerFor(error: RefusalError, saying: Saying, shown: boolean, method: string | undefined): Answer {
  const { status } = error;
  // Other credentials would not help in an outage.
  const last: Record<string, string> =
    status === 503
      ? { "retry-after": String(saying.retryAfterSeconds) }
      : { "www-authenticate": challengeFor(error, saying.realm, shown) };
  return {
    status,
    phrase: phraseOf(status),
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...last },
    body: method === "HEAD" ? "" : JSON.stringify(problemOf(error, shown)),
  };
}

function challengeFor(error: RefusalError, realm: string, shown: boolean): string {
  const challenge = `Bearer realm="${realm}"`;
  // No error where there was nothing to be wrong (RFC 6750, section 3.1).
  if (error.code === "credentials.missing") {
    return challenge;
  }
  const code = error.status === 400 ? "invalid_request" : error.status === 403 ? "insufficient_scope" : "invalid_token";
  const description = isTold(error, shown) ? `, error_description="${plain(error.toJSON().message)}"` : "";
  return `${challenge}, error="${code}"${description}`;
}

function problemOf(error: RefusalError, shown: boolean): object {
  const { status } = error;
  // The type that says no more than the status has the status's own phrase for a title (RFC 9457, section 4.2.1).
  const problem = { type: "about:blank", title: phraseOf(status), status };
  if (!isTold(error, shown)) {
    return problem;
  }
  const detail = error.toJSON().message;
  if (error instanceof CredentialsError) {
    return { ...problem, detail };
  }
  const { code, check, expected, found, remedy, retryable } = error;
  return { ...problem, detail, code, check, expected, found, remedy, retryable };
}

function phraseOf(status: number): string {
  return PHRASES[status] ?? "Refused";
}

const PHRASES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  503: "Service Unavailable",
};

/** To say what is wrong with a request's form gives nothing of the policy away. */
function isTold(error: RefusalError, shown: boolean): boolean {
  return shown || error instanceof CredentialsError;
}
