/** AWS's side as a function from request to response: what everything else here is made of. */
import type { Issuer as WasmIssuer } from "countersign-issuer-bindings";

import { call } from "./engine.js";

/** What an issuer is made from. */
export interface LocalIssuerSettings {
  /** TOML, as the native command reads it, or the same in JSON. */
  readonly config: string;
  /** Where it is reached. */
  readonly baseUrl: string;
  /** What `snapshot` gave, to carry on from. */
  readonly state?: string | undefined;
  /** What all randomness comes from; unpredictable unless given. RSA keys take longer to make with it. */
  readonly seed?: Uint8Array | undefined;
}

/** A request that was read in full. */
export interface IssuerRequest {
  readonly method: string;
  /** As sent, with the query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | undefined;
  /** Whether it comes from this machine: only then may it administer. */
  readonly loopback: boolean;
}

/** An answer. */
export interface IssuerResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** AWS's side: IAM and STS, and each account's discovery document and key set. Times are in milliseconds. */
export class LocalIssuer {
  readonly #issuer: WasmIssuer;

  /** @throws {IssuerConfigError} for a configuration or a state that cannot be used. */
  constructor({ config, baseUrl, state, seed }: LocalIssuerSettings) {
    const octets = seed ?? crypto.getRandomValues(new Uint8Array(32));
    this.#issuer = call((wasm) => new wasm.Issuer(config, baseUrl, state, octets, seed === undefined));
  }

  /** Answers one request. */
  respond({ method, target, headers, body = NOTHING, loopback }: IssuerRequest, now: number): IssuerResponse {
    const at = target.indexOf("?");
    const [path, query] = at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
    const answer = call(() =>
      this.#issuer.respond(method, path, query, JSON.stringify(headers), body, loopback, now),
    );
    return JSON.parse(answer) as IssuerResponse;
  }

  /** Every account with its issuer identifier, in the order of account numbers. */
  issuers(): [account: string, issuer: string][] {
    return JSON.parse(call(() => this.#issuer.issuers())) as [string, string][];
  }

  /** Says where it is reached from now on: issuer identifiers of the loopback form change with it. */
  setBaseUrl(baseUrl: string): void {
    call(() => this.#issuer.setBaseUrl(baseUrl));
  }

  /** A number that grows whenever the snapshot would differ. */
  get revision(): number {
    return call(() => this.#issuer.revision());
  }

  /** Everything that must survive a restart, private keys included. */
  snapshot(): string {
    return call(() => this.#issuer.snapshot());
  }
}

const NOTHING = new Uint8Array();

/** AWS's answer when the host could not do its part. */
export function internalFailure(message: string): IssuerResponse {
  return JSON.parse(call((wasm) => wasm.internalFailure(message))) as IssuerResponse;
}
