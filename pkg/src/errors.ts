/** What this package throws, without any WebAssembly: an entry of its own, `countersign/errors`. */
import type { Code } from "./generated/codes.js";
import type { PolicyFault, Rejection } from "./generated/types.js";

export type { Code, PolicyCode } from "./generated/codes.js";
export type { PolicyFault, Rejection } from "./generated/types.js";

/**
 * A token was refused. It may be logged and shown: it holds neither the token nor any part of its
 * signature.
 *
 * `instanceof` works across copies of this package.
 */
export class VerificationError extends Error implements Rejection {
  /** The stable code, for example `audience.mismatch`. */
  readonly code: Code;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  /** The check that failed. */
  readonly check: Rejection["check"];
  /** What would have passed. */
  readonly expected: string;
  /** What was there instead. */
  readonly found: string;
  /** Whether the same token may be accepted later without anyone changing anything. */
  readonly retryable: boolean;
  /** The HTTP status to answer: 401 for a bad token, 403 by policy, 503 when keys cannot be had. */
  readonly status: number;
  readonly #rejection: Rejection;

  constructor(rejection: Rejection, options?: ErrorOptions) {
    const { code, message, remedy, check, expected, found, retryable, status } = rejection;
    super(`${message} Expected ${expected}; found ${found}. [${code}]`, options);
    this.code = code;
    this.remedy = remedy;
    this.check = check;
    this.expected = expected;
    this.found = found;
    this.retryable = retryable;
    this.status = status;
    this.#rejection = rejection;
  }

  /**
   * The rejection as `explain` reports it, for a structured log: here `message` is the fault alone,
   * since everything else stands beside it.
   */
  toJSON(): Rejection {
    return { ...this.#rejection };
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, VerificationError, "VerificationError", value);
  }
}

/**
 * A request has no bearer token, or not one, so there was nothing to verify. Frameworks' adapters make it. It holds no
 * part of the request.
 */
export class CredentialsError extends Error {
  /**
   * - `credentials.missing`: there is no bearer token; there may be credentials of another scheme.
   * - `credentials.malformed`: what is there is not one bearer token.
   */
  readonly code: "credentials.missing" | "credentials.malformed";
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  /** The HTTP status to answer: 401 where there is no token, 400 where the request is wrong (RFC 6750, section 3.1). */
  readonly status: 400 | 401;
  readonly #fault: string;

  /** @param header - The header that was read. */
  constructor(code: CredentialsError["code"], header: string) {
    const fault = CREDENTIALS_FAULTS[code](header);
    super(`${fault} [${code}]`);
    this.code = code;
    this.remedy = `Send one token in the header ${header}: \`Bearer <token>\`.`;
    this.status = code === "credentials.missing" ? 401 : 400;
    this.#fault = fault;
  }

  /** For a structured log: here `message` is the fault alone. */
  toJSON(): Pick<CredentialsError, "code" | "message" | "remedy" | "status"> {
    const { code, remedy, status } = this;
    return { code, message: this.#fault, remedy, status };
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, CredentialsError, "CredentialsError", value);
  }
}

const CREDENTIALS_FAULTS: Readonly<Record<CredentialsError["code"], (header: string) => string>> = {
  "credentials.missing": (header) => `There is no bearer token in the header ${header}.`,
  "credentials.malformed": (header) => `The header ${header} is not one bearer token.`,
};

/** A policy cannot be right: every fault that was found in it, at once. */
export class PolicyError extends Error {
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    const lines = faults.map(
      ({ path, message, remedy, code }) => `\n- ${path || "policy"}: ${message} ${remedy} [${code}]`,
    );
    super(`The policy has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:${lines.join("")}`);
    this.faults = faults;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, PolicyError, "PolicyError", value);
  }
}

/** A host option (the second argument of `createVerifier`), or a snapshot, cannot be used. */
export class OptionsError extends TypeError {
  readonly code:
    | "options.unknown"
    | "options.type"
    | "options.keys"
    | "options.crypto"
    | "options.now"
    | "options.replay_async"
    | "options.snapshot";
  /** The option, for example `keys["https://..."]`. */
  readonly option: string;

  constructor(code: OptionsError["code"], option: string, message: string) {
    super(`${message} [${code}]`);
    this.code = code;
    this.option = option;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, OptionsError, "OptionsError", value);
  }
}

/**
 * Countersign itself failed. Nothing was verified, the fault is ours, and the next call starts with a
 * new instance of the WebAssembly module, with the keys that were there.
 */
export class InternalError extends Error {
  readonly code = "internal.trap";

  constructor(cause: unknown) {
    super("Countersign failed inside; please report this with its cause. Nothing was verified.", { cause });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, InternalError, "InternalError", value);
  }
}

/** The WebAssembly module cannot be had, so nothing can be verified: the message says what to import instead. */
export class ModuleError extends Error {
  /**
   * - `module.missing`: the file `core.wasm` is not beside the code: a bundler took the code along without it.
   * - `module.refused`: the host refused to compile the module.
   * - `module.unusable`: what was imported or given in its place is no module.
   * - `module.not_given`: `countersign/slim` was given none.
   */
  readonly code: "module.missing" | "module.refused" | "module.unusable" | "module.not_given";

  constructor(code: ModuleError["code"], cause?: unknown, fault: string = MODULE_FAULTS[code]) {
    super(`${fault} [${code}]`, cause === undefined ? undefined : { cause });
    this.code = code;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, ModuleError, "ModuleError", value);
  }
}

const MODULE_FAULTS: Readonly<Record<ModuleError["code"], string>> = {
  "module.missing":
    'The file core.wasm is not where the package has it. Import "countersign/inline" where a bundler does not take the condition `module`.',
  "module.refused":
    'This host does not compile WebAssembly from octets. A page must allow it by \'wasm-unsafe-eval\' in script-src; a Worker or edge function imports "countersign/workerd", "countersign/edge-light" or "countersign/slim".',
  "module.unusable":
    'What stands for core.wasm is no WebAssembly module. Import "countersign/inline", or give "countersign/slim" a compiled module or its octets.',
  "module.not_given":
    'No WebAssembly module was given. Call `provideModule` of "countersign/slim" before the first verifier is made.',
};

/** Any error of this package. */
export type CountersignError = VerificationError | CredentialsError | PolicyError | OptionsError | InternalError | ModuleError;

/** Whether something that was thrown is an error of this package, or of another copy of it. */
export function isCountersignError(value: unknown): value is CountersignError {
  return typeof value === "object" && value !== null && typeof (value as Record<symbol, unknown>)[brand] === "string";
}

// A program may hold several copies of this package (ESM beside CommonJS, two versions): each copy's
// classes know the others' instances by a symbol that all copies share.
const brand = Symbol.for("countersign.error");

const CLASSES = { VerificationError, CredentialsError, PolicyError, OptionsError, InternalError, ModuleError };

for (const [name, type] of Object.entries(CLASSES)) {
  Object.defineProperty(type.prototype, brand, { value: name });
  // A fixed name: a minifier renames classes.
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true, writable: true });
}

function isBranded(asked: unknown, owner: unknown, name: string, value: unknown): boolean {
  if (asked !== owner) {
    // A subclass asks: only its own chain of prototypes can answer.
    return Function.prototype[Symbol.hasInstance].call(asked, value);
  }
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[brand] === name;
}
