/** What adapters take as options, checked: a name or a type that is wrong would be a setting lost in silence. */
import { OptionsError } from "../errors.js";
import type { CredentialsError, VerificationError } from "../errors.js";
import { isPlain, refuseOthers } from "../plain.js";
import type { Verifier } from "../verifier.js";

/** Verifies tokens: what `createVerifier` makes, or anything that does the same. */
export type TokenVerifier = Pick<Verifier, "verify">;

/** Why a request was refused. */
export type RefusalError = CredentialsError | VerificationError;

/** Whether an answer says more of why a token was refused than its status does. */
export type Reasons = "hidden" | "shown";

/** How refusals are answered. `Request` is what the framework hands over. */
export interface RefusalOptions<Request> {
  /**
   * What the challenge calls the protected space (RFC 9110, section 11.5): `api` unless given. Characters that a
   * quoted string cannot have in a header become `_`.
   */
  readonly realm?: string | undefined;
  /**
   * Whether answers tell why a token was refused: code, fault, remedy, and what was expected and found, which are parts
   * of the policy. `"hidden"` unless given, since whoever tries tokens out would learn from it: then the status says
   * enough. A function decides for each request. What is wrong with a request's form is always told.
   */
  readonly reasons?: Reasons | ((request: Request) => Reasons) | undefined;
  /**
   * The header with the credentials: `Authorization` unless given. For services behind a gateway that takes
   * `Authorization` for itself and hands the caller's on under another name.
   */
  readonly header?: string | undefined;
  /** After how many seconds to try again when a token cannot be judged (503): 5 unless given. */
  readonly retryAfterSeconds?: number | undefined;
  /** Told of each refusal, to log what callers are not shown. What it throws is ignored. */
  readonly onRefused?: ((error: RefusalError, request: Request) => unknown) | undefined;
}

/** Options of what lets requests through to others. */
export interface AuthenticationOptions<Request> extends RefusalOptions<Request> {
  /**
   * Whether a request must have a token: `true` unless given. With `false` a request without one, or with
   * credentials of another scheme, goes on without an identity. A token that is there must be good all the same.
   */
  readonly required?: boolean | undefined;
}

/** Options of authorizers, whose refusals API Gateway words: it has neither a realm of theirs nor a time to wait. */
export type AuthorizerOptions<Event> = Omit<RefusalOptions<Event>, "realm" | "retryAfterSeconds">;

/** Options with defaults in place. */
export interface Settings<Request> {
  readonly verifier: TokenVerifier;
  /** As it stands between quotes. */
  readonly realm: string;
  readonly retryAfterSeconds: number;
  readonly showsReasons: (request: Request) => boolean;
  /** In lower case, as hosts hand headers over. */
  readonly header: string;
  /** The same as it is told of. */
  readonly headerName: string;
  readonly required: boolean;
  readonly onRefused: ((error: RefusalError, request: Request) => unknown) | undefined;
}

/**
 * @param maker - What was called with these options.
 * @throws {OptionsError} when there is no verifier, or an option is unknown or cannot be used.
 */
export function settingsFrom<Request>(
  maker: string,
  verifier: TokenVerifier,
  options: AuthenticationOptions<Request> = {},
): Settings<Request> {
  if (typeof (verifier as Partial<TokenVerifier> | undefined)?.verify !== "function") {
    throw wrong("verifier", `\`${maker}\` takes a verifier first: what \`createVerifier\` makes.`);
  }
  requirePlain(maker, options);
  const { realm = "api", reasons = "hidden", header = "Authorization", onRefused, ...rest } = options;
  const { retryAfterSeconds = 5, required = true, ...others } = rest;
  refuseOthers(maker, others);
  if (typeof required !== "boolean") {
    throw wrong("required", "`required` must be true or false.");
  }
  if (onRefused !== undefined && typeof onRefused !== "function") {
    throw wrong("onRefused", "`onRefused` must be a function.");
  }
  if (typeof realm !== "string" || realm === "") {
    throw wrong("realm", "`realm` must be text.");
  }
  if (!Number.isInteger(retryAfterSeconds) || retryAfterSeconds < 0) {
    throw wrong("retryAfterSeconds", "`retryAfterSeconds` must be a whole number of seconds.");
  }
  return {
    verifier,
    realm: plain(realm),
    retryAfterSeconds,
    showsReasons: showsReasons(reasons),
    header: requireHeaderName(header).toLowerCase(),
    headerName: header,
    required,
    onRefused,
  };
}

/** The same for what always requires a token. */
export function refusalSettingsFrom<Request>(
  maker: string,
  verifier: TokenVerifier,
  options: RefusalOptions<Request> | undefined,
): Settings<Request> {
  if (options !== undefined && Object.hasOwn(Object(options), "required")) {
    throw new OptionsError("options.unknown", "required", `\`${maker}\` always requires a token.`);
  }
  return settingsFrom(maker, verifier, options);
}

/** The same for what API Gateway words the answers of. */
export function authorizerSettingsFrom<Event>(
  maker: string,
  verifier: TokenVerifier,
  options: AuthorizerOptions<Event> | undefined,
): Settings<Event> {
  for (const option of ["realm", "retryAfterSeconds"]) {
    if (options !== undefined && Object.hasOwn(Object(options), option)) {
      const message = `API Gateway words what \`${maker}\` refuses: set this in its gateway responses, not as \`${option}\`.`;
      throw new OptionsError("options.unknown", option, message);
    }
  }
  return refusalSettingsFrom(maker, verifier, options);
}

function requirePlain(maker: string, options: object): void {
  if (!isPlain(options)) {
    throw wrong("options", `The options of \`${maker}\` must be a plain object.`);
  }
}

/** A text as it may stand between quotes in a challenge (RFC 6750, section 3). */
export function plain(text: string): string {
  return text.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/gu, "_");
}

function showsReasons<Request>(reasons: Reasons | ((request: Request) => Reasons)): (request: Request) => boolean {
  if (typeof reasons !== "function") {
    const shows = isShown(reasons);
    return () => shows;
  }
  return (request) => isShown(reasons(request));
}

function isShown(reasons: Reasons): boolean {
  if (reasons !== "hidden" && reasons !== "shown") {
    throw wrong("reasons", '`reasons` must be "hidden" or "shown", or a function that returns one of these.');
  }
  return reasons === "shown";
}

/** A token (RFC 9110, section 5.6.2). */
function requireHeaderName(header: string): string {
  if (typeof header !== "string" || !/^[!#$%&'*+.^_`|~\w-]+$/.test(header)) {
    throw wrong("header", "`header` must be the name of a header.");
  }
  return header;
}

function wrong(option: string, message: string): OptionsError {
  return new OptionsError("options.type", option, message);
}
