/**
 * What `wasm-bindgen` makes of `crates/wasm`, declared by hand so that the package type-checks before
 * anything is built. Every call throws JSON text for a fault that Rust reports; anything else that is
 * thrown is a trap.
 */
declare module "countersign-bindings" {
  export function initSync(source: { module: WebAssembly.Module }): unknown;
  /** Starts over with a new instance; objects of the old one cannot be used any more. */
  export function __wbg_reset_state(): void;

  /** What can be read from a text, as JSON. Throws nothing. */
  export function inspect(text: string): string;

  export class Verifier {
    /**
     * Throws a policy's faults. The seed is any random number; `host` names the algorithms that the host
     * is to verify, with spaces between. With `replay`, `"accept"` or `"refuse"`, a judgement waits for
     * word on replay. With `maxTokens`, accepted tokens can be kept.
     */
    constructor(
      policy: string,
      keyStore: string,
      seed: number,
      host: string,
      replay?: string,
      maxTokens?: number,
    );
    /** How many keys are used, and which are not, as JSON. Throws when it is no key set. */
    addStaticKeys(issuer: string, keySet: string): string;
    /** The next step towards a judgement of a token in UTF-8, as JSON. */
    step(token: Uint8Array, now: number, report: boolean): string;
    /** A judgement by what is loaded already, as JSON. Starts no fetch. */
    judge(token: Uint8Array, now: number, report: boolean): string;
    /** Whether a token that was kept would be accepted again: by `step` with `fetching`, else by `judge`. */
    standsBy(slot: number, serial: number, now: number, fetching: boolean): boolean;
    /** Makes room: a token is kept no longer. */
    forgetToken(slot: number, serial: number): void;
    /** The judgement that waits under this number, as JSON, by what the store of used tokens said. */
    settleReplay(id: number, outcome: string): string;
    /** What came of a fetch, as JSON. */
    supplyResponse(
      id: number,
      status: number,
      age: string | null,
      cacheControl: string | null,
      date: string | null,
      expires: string | null,
      body: Uint8Array,
      now: number,
    ): string;
    supplyFailure(id: number, reason: string, detail: string, now: number): string;
    /** The issuers that the policy names, as JSON. */
    pinnedIssuers(): string;
    /** The next step towards having an issuer's keys ready, as JSON. */
    prepare(issuer: string, now: number): string;
    /** All keys that were fetched. */
    snapshot(): string;
    /** The keys of one issuer, if they were fetched. */
    snapshotOf(issuer: string): string | undefined;
    /** Whose keys were taken and whose were not, as JSON. Throws when the text is no snapshot. */
    restore(snapshot: string, now: number): string;
    free(): void;
  }
}

declare module "countersign-bindings/wasm" {
  /** The WebAssembly module in base64. */
  const module: string;
  export default module;
}

declare module "*.wasm" {
  const module: unknown;
  export default module;
}

declare module "*.wasm?module" {
  const module: unknown;
  export default module;
}

declare module "cloudflare:workers" {
  /** Not there in older runtimes. */
  export const waitUntil: ((work: Promise<unknown>) => void) | undefined;
}

/** What `wasm-bindgen` makes of `crates/wasm-issuer`. */
declare module "countersign-issuer-bindings" {
  export function initSync(source: { module: WebAssembly.Module }): unknown;

  /** AWS's answer, as JSON, for a host that could not do its part. */
  export function internalFailure(message: string): string;

  export class Issuer {
    /** Throws the faults of the configuration, TOML or JSON, or of the state. */
    constructor(config: string, baseUrl: string, state: string | undefined, seed: Uint8Array, hostKeys: boolean);
    /** The answer to one request, as JSON. `headers` are a JSON array of names and values; `now` is in milliseconds. */
    respond(
      method: string,
      path: string,
      query: string,
      headers: string,
      body: Uint8Array,
      loopback: boolean,
      now: number,
    ): string;
    setBaseUrl(baseUrl: string): void;
    /** Every account with its issuer identifier, as JSON. */
    issuers(): string;
    /** Grows whenever the snapshot would differ. */
    revision(): number;
    /** Everything that must survive a restart, private keys included. */
    snapshot(): string;
    free(): void;
  }
}

declare module "countersign-issuer-bindings/wasm" {
  /** The WebAssembly module in base64. */
  const module: string;
  export default module;
}
