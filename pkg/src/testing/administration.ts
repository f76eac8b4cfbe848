/** What AWS does on its own schedule, done on demand: the issuer's administration, whose answers are JSON. */
import { InternalError, OptionsError } from "../errors.js";
import { IssuerConfigError, StsError } from "./errors.js";
import type { IssuerConfigFault } from "./errors.js";
import type { IssuerResponse, LocalIssuer } from "./local-issuer.js";

/** A refusal, as the administration words it. */
interface Refusal {
  readonly code: string;
  readonly fault: string;
  readonly remedy: string;
  readonly aws?: { readonly status: number; readonly code: string; readonly message: string };
  readonly faults?: readonly IssuerConfigFault[];
}

/** Accounts in the order of their numbers, principals in that of their access key ids. */
export interface State {
  readonly accounts: readonly { readonly account: string }[];
  readonly principals: readonly { readonly access_key_id: string; readonly account: string; readonly arn: string }[];
}

/** What the issuer plays. */
export function stateOf(issuer: LocalIssuer, now: number): State {
  return JSON.parse(ask(issuer, "GET", "state", now).body) as State;
}

function ask(issuer: LocalIssuer, method: string, path: string, now: number, order?: object): IssuerResponse {
  const body = order === undefined ? undefined : new TextEncoder().encode(JSON.stringify(order));
  const target = `/_countersign/${path}`;
  return issuer.respond({ method, target, headers: [["host", "localhost"]], body, loopback: true }, now);
}

/**
 * Sends one command. `now` is in milliseconds.
 *
 * @throws {StsError} when STS refuses the token that was ordered.
 * @throws {IssuerConfigError} when the order cannot be understood.
 * @throws {OptionsError} when there is no such account or key.
 */
export function command(issuer: LocalIssuer, path: string, now: number, order?: object): unknown {
  const { status, body } = ask(issuer, "POST", path, now, order);
  const answer: unknown = JSON.parse(body);
  if (status === 200) {
    return answer;
  }
  const { code, fault, remedy, aws, faults } = answer as Refusal;
  if (aws !== undefined) {
    throw new StsError(aws);
  }
  if (faults !== undefined) {
    throw new IssuerConfigError(faults);
  }
  if (code === "admin.unknown_account" || code === "admin.unknown_key" || code === "admin.invalid_overlap") {
    const option = { "admin.unknown_account": "account", "admin.unknown_key": "kid", "admin.invalid_overlap": "overlapSeconds" }[code];
    throw new OptionsError("options.type", option, `\`${option}\`: ${fault}`);
  }
  throw new InternalError(new Error(`${fault} ${remedy} [${code}]`));
}
