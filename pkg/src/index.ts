export type { Code, PolicyCode } from "./generated/codes.js";
export type * from "./generated/types.js";
export { InternalError, OptionsError, PolicyError, VerificationError } from "./errors.js";
export type { Fetch, FetchInit, FetchResponse } from "./fetch.js";
export { inspect } from "./inspect.js";
export type { JsonWebKeySet, VerifierOptions } from "./options.js";
export { createVerifier } from "./verifier.js";
export type { Verifier } from "./verifier.js";
