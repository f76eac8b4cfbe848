/** AWS's side for tests, without Rust, network or AWS: `countersign/testing`. */
export { BAD_TOKENS } from "./testing/bad-tokens.js";
export type { BadToken, BadTokenOptions } from "./testing/bad-tokens.js";
export type { TestClock } from "./testing/clock.js";
export { StsError, IssuerConfigError } from "./testing/errors.js";
export type { IssuerConfigFault } from "./testing/errors.js";
export { useTestIssuer } from "./testing/fixture.js";
export type { RunnerHooks } from "./testing/fixture.js";
export type { Outage, OutageHandle } from "./testing/outage.js";
export type { Principal, PrincipalContext, TokenOptions } from "./testing/token.js";
export type { AccountOptions, AccountPolicy, Credentials, PrincipalOptions, TestIssuerOptions } from "./testing/options.js";
export { createTestIssuer } from "./testing/test-issuer.js";
export type { IssuerFetch, ListenOptions, TestIssuer, TestServer } from "./testing/test-issuer.js";
