/** The test issuer, as a test sees it. */
import type { FetchResponse } from "../fetch.js";
import type { JsonWebKeySet } from "../options.js";
import type { BadToken, BadTokenOptions } from "./bad-tokens.js";
import type { TestClock } from "./clock.js";
import { InProcessIssuer } from "./in-process.js";
import { planFrom } from "./options.js";
import type { Credentials, TestIssuerOptions } from "./options.js";
import type { Outage, OutageHandle } from "./outage.js";
import type { TokenOptions } from "./token.js";

declare global {
  // Declared by the DOM's types and by Node's, with which these merge; callers may have neither.
  interface Response {}
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** A `fetch` that answers for a test issuer's URLs alone. Fits the global one, and the option of `createVerifier`. */
export type IssuerFetch = (
  url: string | { readonly href: string } | { readonly url: string },
  init?: { readonly method?: string | undefined; readonly signal?: AbortSignal | null | undefined },
) => Promise<Response & FetchResponse>;

/** Options of `listen`. */
export interface ListenOptions {
  /** A free one unless given. */
  readonly port?: number | undefined;
  /** An address of this machine: 127.0.0.1 unless given. Whoever reaches another one can mint tokens as anyone. */
  readonly host?: string | undefined;
}

/** AWS's side on a socket: IAM and STS, discovery documents and key sets, each also under `/<label>/`. */
export interface TestServer {
  /** The endpoint to give to clients of AWS, without a slash at the end. */
  readonly url: string;
  readonly region: string;
  /** The first principal's, for a client's `credentials`. */
  readonly credentials: Credentials;
  /** The same for another process, such as the AWS CLI: variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * AWS's side of outbound identity federation, in this process. What it mints is signed with keys of its own making
 * and is worth nothing outside a test: a verifier that fetches AWS's keys refuses it.
 */
export interface TestIssuer extends TestClock {
  /** The issuer of the first account: what stands in `iss`. */
  readonly url: string;
  /** The issuers of all accounts, by account number. */
  readonly issuers: Readonly<Record<string, string>>;
  /** The region of STS. */
  readonly region: string;
  /** Serves discovery documents and key sets; for any other URL it rejects. For the option `fetch`. */
  readonly fetch: IssuerFetch;
  /** The key sets of the moment, by issuer. For the option `keys`. */
  readonly keys: Readonly<Record<string, JsonWebKeySet>>;
  /** The URLs that were fetched, in order. */
  readonly requests: readonly string[];
  /**
   * Mints a token, as `sts:GetWebIdentityToken` does.
   *
   * @throws {StsError} when AWS would refuse, with AWS's code and message.
   * @throws {IssuerConfigError} or {OptionsError} when the options cannot be understood.
   */
  token(options?: TokenOptions): Promise<string>;
  /** Mints a token that a verifier has to refuse: see `BAD_TOKENS`. The options say what it is otherwise. */
  badToken(bad: BadToken, options?: BadTokenOptions): Promise<string>;
  /** Has new keys sign; the old ones stay published for the overlap. */
  rotate(options?: { readonly account?: string; readonly overlapSeconds?: number }): void;
  /** Withdraws a key at once. The next token is signed by a new one. */
  withdraw(kid: string, options?: { readonly account?: string }): void;
  /** Switches the feature off for an account: STS then refuses. Keys stay published. */
  disable(account?: string): void;
  /** Switches it on again. */
  enable(account?: string): void;
  /** Has discovery documents and key sets fail, for `fetch` and for servers, until `end` or `reset`. */
  outage(outage: Outage): OutageHandle;
  /** Listens on this machine, for clients of AWS and for services in other processes. */
  listen(options?: ListenOptions): Promise<TestServer>;
  /** As it was before anything was done to it: issuers and keys, clock, requests, no outage. Servers go on. */
  reset(): void;
  /** Issuers and keys as text, for the option `state`. It holds private keys. */
  snapshot(): string;
  /** Ends outages and closes servers. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a test issuer.
 *
 * ```ts
 * const issuer = createTestIssuer();
 * const verifier = createVerifier(policy, { fetch: issuer.fetch, now: issuer.now });
 * await verifier.verify(await issuer.token({ role: "billing/Batch" }));
 * ```
 *
 * @throws {OptionsError} for an option that is unknown or cannot be used.
 * @throws {IssuerConfigError} for accounts or principals that cannot be, with every fault at once.
 */
export function createTestIssuer(options: TestIssuerOptions = {}): TestIssuer {
  return new InProcessIssuer(planFrom(options));
}
