import type { Code } from "./generated/codes.js";
import type { PolicyFault, Rejection } from "./generated/types.js";

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
  /** The option, for example `keys["https://…"]`. */
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

/**
 * The package's file `core.wasm` is not beside its code: a bundler took the code along without it. Import
 * `countersign/inline` instead, which has it inside.
 */
export class ModuleError extends Error {
  readonly code = "module.missing";

  constructor(cause: unknown) {
    const remedy = 'Import "countersign/inline" where a bundler does not take the condition `module`.';
    super(`The file core.wasm is not where the package has it. ${remedy} [module.missing]`, { cause });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, ModuleError, "ModuleError", value);
  }
}

// A program may hold several copies of this package (ESM beside CommonJS, two versions): each copy's
// classes know the others' instances by a symbol that all copies share.
const brand = Symbol.for("countersign.error");

for (const [name, type] of Object.entries({ VerificationError, PolicyError, OptionsError, InternalError, ModuleError })) {
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
