/** The one bearer token of a request (RFC 6750, section 2.1). */
import { CredentialsError } from "../errors.js";

/**
 * Reads the token from the values of one header. It is one value, unless a request has the header several times; a
 * host may also have joined these with commas.
 *
 * @param header - What the header is called.
 * @throws {CredentialsError}
 */
export function tokenFrom(values: readonly string[], header: string): string {
  const [value, ...others] = values;
  if (value === undefined) {
    throw new CredentialsError("credentials.missing", header);
  }
  if (others.length > 0 || JOINED.test(value)) {
    throw new CredentialsError("credentials.malformed", header);
  }
  const [, scheme = "", credentials = ""] = FORM.exec(value) ?? [];
  if (scheme.toLowerCase() !== "bearer") {
    throw new CredentialsError("credentials.missing", header);
  }
  const [, token] = TOKEN.exec(credentials) ?? [];
  if (token === undefined) {
    throw new CredentialsError("credentials.malformed", header);
  }
  return token;
}

/** A second value with a token, whatever the first one is. */
const JOINED = /,[ \t]*bearer[ \t]/i;

/** A scheme (`token` in RFC 9110, section 5.6.2), and what follows it. */
const FORM = /^[ \t]*([!#$%&'*+.^`|~\w-]*)(.*)$/s;

/** `b64token`, after at least one space. */
const TOKEN = /^ +([\w.~+/-]+=*)[ \t]*$/;
