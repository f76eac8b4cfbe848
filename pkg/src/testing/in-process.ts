/** A test issuer: AWS's side in this process, with a clock and an outage of its own. */
import { OptionsError } from "../errors.js";
import type { JsonWebKeySet } from "../options.js";
import { command, stateOf } from "./administration.js";
import { badOrder } from "./bad-tokens.js";
import type { BadToken, BadTokenOptions } from "./bad-tokens.js";
import { Clock } from "./clock.js";
import { LocalIssuer } from "./local-issuer.js";
import type { IssuerRequest, IssuerResponse } from "./local-issuer.js";
import { onlyKnown, renamed } from "./named.js";
import { DEFAULT_ROLE } from "./options.js";
import type { Credentials, Own, Plan } from "./options.js";
import { Weather } from "./outage.js";
import type { Outage, OutageHandle } from "./outage.js";
import { listen } from "./server.js";
import type { ListeningServer } from "./server.js";
import type { IssuerFetch, ListenOptions, TestIssuer, TestServer } from "./test-issuer.js";
import { orderOf } from "./token.js";
import type { TokenDefaults, TokenOptions } from "./token.js";

/** Where issuers of the loopback form are said to be before anything listens. */
const NOWHERE = "http://127.0.0.1:0";

/** What `createTestIssuer` makes. */
export class InProcessIssuer implements TestIssuer {
  readonly #plan: Plan;
  readonly #own: Own;
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
    this.#own = plan.own ?? firstOf(this.#issuer);
  }

  get url(): string {
    return this.issuers[this.#own.account] ?? "";
  }

  get issuers(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#listed());
  }

  get region(): string {
    return this.#plan.region;
  }

  get keys(): Readonly<Record<string, JsonWebKeySet>> {
    const keySet = (issuer: string): JsonWebKeySet =>
      JSON.parse(this.#document(`${issuer}/.well-known/jwks.json`).body) as JsonWebKeySet;
    return Object.fromEntries(this.#listed().map(([, issuer]) => [issuer, keySet(issuer)]));
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
    const known = this.#listed().some(([, issuer]) => url.startsWith(`${issuer}/`));
    if (!known) {
      throw new TypeError(`${url} is not a URL of this test issuer, which answers for nothing else.`);
    }
    this.#requests.push(url);
    const failure = await this.#weather.failure(init?.signal ?? undefined);
    if (failure === "network") {
      throw new TypeError("fetch failed", { cause: new Error("the test issuer has an outage") });
    }
    const { status, headers, body } = failure === undefined ? this.#document(url, method) : { ...failure, ...FAILED };
    const hasBody = status !== 204 && status !== 304 && method !== "HEAD";
    return new Response(hasBody ? body : null, { status, headers: headers.map(([name, value]) => [name, value]) });
  };

  async token(options: TokenOptions = {}): Promise<string> {
    return this.#order(orderOf("token", options, this.#defaults));
  }

  async badToken(bad: BadToken, options: BadTokenOptions = {}): Promise<string> {
    const { options: otherwise, flaw } = badOrder(bad, options, this.#plan.hasStranger);
    return this.#order(orderOf("badToken", otherwise, this.#defaults, flaw));
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
    const server = await listen({ ...placeFrom(options), respond: (request) => this.#respond(request) });
    this.#servers.add(server);
    this.#reachedAt(server.url);
    const { region } = this;
    const { credentials } = this.#own;
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

  #listed(): [account: string, issuer: string][] {
    const issuers = this.#issuer.issuers();
    if (issuers.some(([, issuer]) => issuer.startsWith(`${NOWHERE}/`))) {
      const message = "Issuers of the loopback form lie under the URL of `listen()`: call it first.";
      throw new OptionsError("options.type", "issuerForm", message);
    }
    return issuers;
  }

  #order(order: object): string {
    this.#listed();
    return (command(this.#issuer, "tokens", this.#milliseconds(), order) as { token: string }).token;
  }

  get #defaults(): TokenDefaults {
    return { ...this.#own, region: this.region };
  }

  #change(account: string = this.#own.account, task: string): void {
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

/** Where to listen. An empty host is refused: to Node it is every address of the machine. */
function placeFrom(options: ListenOptions): { host: string; port: number } {
  onlyKnown("listen", options, ["port", "host"]);
  const { port = 0, host = "127.0.0.1" } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new OptionsError("options.type", "port", "`port` must be a whole number from 0 to 65535.");
  }
  if (typeof host !== "string" || host === "") {
    throw new OptionsError("options.type", "host", "`host` must be an address of this machine.");
  }
  return { host, port };
}

/** Whose a configuration that was given whole makes a test: the first account's first principal's. */
function firstOf(issuer: LocalIssuer): Own {
  const { accounts, principals } = stateOf(issuer, 0);
  const [first] = accounts;
  if (first === undefined) {
    throw new OptionsError("options.type", "config", "The configuration has no account, and so no issuer.");
  }
  const { account } = first;
  const { arn, access_key_id: accessKeyId } = principals.find((principal) => principal.account === account) ?? {};
  return {
    account,
    accessKeyId,
    principal: { arn: arn ?? `arn:aws:iam::${account}:role/${DEFAULT_ROLE}` },
    credentials: { accessKeyId: accessKeyId ?? "", secretAccessKey: "any", sessionToken: "any" },
  };
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
