/** The test issuer. */
import { OptionsError } from "../errors.js";
import type { FetchInit, FetchResponse } from "../fetch.js";
import type { JsonWebKeySet } from "../options.js";
import { renamed } from "./named.js";
import { command } from "./administration.js";
import { badOrder } from "./bad-tokens.js";
import type { BadToken, BadTokenOptions } from "./bad-tokens.js";
import { Clock } from "./clock.js";
import type { TestClock } from "./clock.js";
import { LocalIssuer } from "./local-issuer.js";
import type { IssuerRequest, IssuerResponse } from "./local-issuer.js";
import { planFrom } from "./options.js";
import type { Credentials, Plan, TestIssuerOptions } from "./options.js";
import { aborting, Weather } from "./outage.js";
import type { Outage, OutageHandle } from "./outage.js";
import { listen } from "./server.js";
import type { ListeningServer } from "./server.js";
import { orderOf } from "./token.js";
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
  init?: Partial<Pick<FetchInit, "signal">> & { readonly method?: string } & object,
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
  return new InProcess(planFrom(options));
}

/** Where issuers of the loopback form are said to be before anything listens. */
const NOWHERE = "http://127.0.0.1:0";

class InProcess implements TestIssuer {
  readonly #plan: Plan;
  readonly #clock: Clock;
  readonly #weather = new Weather();
  readonly #servers = new Set<ListeningServer>();
  #requests: string[] = [];
  #issuer: LocalIssuer;
  #baseUrl = NOWHERE;
  /** What `reset` goes back to: as it was before the first change. */
  #untouched: string | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#clock = new Clock(plan.now);
    this.#issuer = this.#make(plan.state);
  }

  get url(): string {
    const [first] = this.#issuer.issuers();
    const found = this.issuers[this.#plan.defaults.account] ?? first?.[1];
    if (found === undefined) {
      throw new OptionsError("options.type", "config", "The configuration has no account, and so no issuer.");
    }
    return found;
  }

  get issuers(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#issuer.issuers());
  }

  get region(): string {
    return this.#plan.defaults.region;
  }

  get keys(): Readonly<Record<string, JsonWebKeySet>> {
    const keySet = (issuer: string): JsonWebKeySet =>
      JSON.parse(this.#document(`${issuer}/.well-known/jwks.json`).body) as JsonWebKeySet;
    return Object.fromEntries(this.#issuer.issuers().map(([, issuer]) => [issuer, keySet(issuer)]));
  }

  get requests(): readonly string[] {
    return this.#requests;
  }

  readonly now = (): number => this.#clock.now();

  advance(seconds: number): void {
    this.#clock.advance(seconds);
  }

  setTime(seconds: number): void {
    this.#clock.setTime(seconds);
  }

  readonly fetch: IssuerFetch = async (input, init) => {
    const url = typeof input === "string" ? input : "href" in input ? input.href : input.url;
    const method = init?.method ?? (input as { method?: string }).method ?? "GET";
    const known = this.#issuer.issuers().some(([, issuer]) => url.startsWith(`${issuer}/`));
    if (!known) {
      throw new TypeError(`${url} is not a URL of this test issuer, which answers for nothing else.`);
    }
    this.#requests.push(url);
    const signal = init?.signal ?? undefined;
    const failure = await aborting(this.#weather.failure(signal), signal);
    if (failure === "network") {
      throw new TypeError("fetch failed", { cause: new Error("the test issuer has an outage") });
    }
    const { status, headers, body } = failure === undefined ? this.#document(url, method) : { ...failure, ...FAILED };
    const hasBody = status !== 204 && status !== 304 && method !== "HEAD";
    return new Response(hasBody ? body : null, { status, headers: headers.map(([name, value]) => [name, value]) });
  };

  async token(options: TokenOptions = {}): Promise<string> {
    return this.#order(orderOf("token", options, this.#plan.defaults));
  }

  async badToken(bad: BadToken, options: BadTokenOptions = {}): Promise<string> {
    const { options: otherwise, flaw } = badOrder(bad, options, this.#plan.hasStranger);
    return this.#order(orderOf("badToken", otherwise, this.#plan.defaults, flaw));
  }

  rotate(options: { readonly account?: string; readonly overlapSeconds?: number } = {}): void {
    const { account, overlap } = renamed("rotate", options, { account: "account", overlapSeconds: "overlap" });
    const query = overlap === undefined ? "" : `?overlap_seconds=${encodeURIComponent(String(overlap))}`;
    this.#change(account as string | undefined, `rotate${query}`);
  }

  withdraw(kid: string, options: { readonly account?: string } = {}): void {
    const { account } = renamed("withdraw", options, { account: "account" });
    this.#change(account as string | undefined, `withdraw?kid=${encodeURIComponent(kid)}`);
  }

  disable(account?: string): void {
    this.#change(account, "disable");
  }

  enable(account?: string): void {
    this.#change(account, "enable");
  }

  outage(outage: Outage): OutageHandle {
    return this.#weather.begin(outage);
  }

  async listen(options: ListenOptions = {}): Promise<TestServer> {
    const named = renamed("listen", options, { port: "port", host: "host" });
    const { port = 0, host = "127.0.0.1" } = named as { port?: number; host?: string };
    const server = await listen({ host, port, respond: (request) => this.#respond(request) });
    this.#servers.add(server);
    this.#reachedAt(server.url);
    const { region, credentials } = { region: this.region, credentials: this.#plan.credentials };
    const close = async (): Promise<void> => {
      this.#servers.delete(server);
      await server.close();
    };
    return { url: server.url, region, credentials, env: variables(server.url, region, credentials), close, [Symbol.asyncDispose]: close };
  }

  reset(): void {
    this.#weather.clear();
    this.#clock.reset();
    this.#requests = [];
    if (this.#untouched !== undefined) {
      this.#issuer = this.#make(this.#untouched);
      this.#untouched = undefined;
    }
  }

  snapshot(): string {
    return this.#issuer.snapshot();
  }

  async close(): Promise<void> {
    this.#weather.clear();
    const servers = [...this.#servers];
    this.#servers.clear();
    await Promise.all(servers.map((server) => server.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #make(state: string | undefined): LocalIssuer {
    const { config, seed } = this.#plan;
    const octets = seed === undefined ? undefined : new TextEncoder().encode(seed);
    return new LocalIssuer({ config, state, baseUrl: this.#baseUrl, seed: octets });
  }

  #reachedAt(baseUrl: string): void {
    this.#baseUrl = baseUrl;
    this.#issuer.setBaseUrl(baseUrl);
  }

  #order(order: object): string {
    return (command(this.#issuer, "tokens", this.#milliseconds(), order) as { token: string }).token;
  }

  #change(account: string = this.#plan.defaults.account, task: string): void {
    if (this.#untouched === undefined) {
      // With the keys there, so that they are the same ones after a reset.
      void this.keys;
      this.#untouched = this.#issuer.snapshot();
    }
    command(this.#issuer, `accounts/${encodeURIComponent(account)}/${task}`, this.#milliseconds());
  }

  #document(url: string, method = "GET"): IssuerResponse {
    const { host, pathname, search } = new URL(url);
    return this.#issuer.respond(
      { method, target: pathname + search, headers: [["host", host]], loopback: true },
      this.#milliseconds(),
    );
  }

  async #respond(request: IssuerRequest): Promise<IssuerResponse> {
    if (/\/\.well-known\/[^/]*$/.test(request.target)) {
      const failure = await this.#weather.failure();
      if (failure !== undefined) {
        // A socket is not cut here: 502 is what a proxy in front makes of it.
        return { status: failure === "network" ? 502 : failure.status, ...FAILED };
      }
    }
    return this.#issuer.respond(request, this.#milliseconds());
  }

  #milliseconds(): number {
    return Math.floor(this.#clock.now() * 1000);
  }
}

const FAILED = { headers: [["content-type", "text/plain"]] as [string, string][], body: "The test issuer has an outage.\n" };

function variables(url: string, region: string, credentials: Credentials): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    // Nothing of the machine's own settings.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
