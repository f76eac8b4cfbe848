/** What AWS does on its own schedule, done on demand: the issuer's administration, whose answers are JSON. */
import { InternalError, OptionsError } from "../errors.js";
import { IssuerConfigError, StsError } from "./errors.js";
import type { IssuerConfigFault } from "./errors.js";
import type { LocalIssuer } from "./local-issuer.js";

/** A refusal, as the administration words it. */
interface Refusal {
  readonly code: string;
  readonly fault: string;
  readonly remedy: string;
  readonly aws?: { readonly status: number; readonly code: string; readonly message: string };
  readonly faults?: readonly IssuerConfigFault[];
}

/**
 * Sends one command. `now` is in milliseconds.
 *
 * @throws {StsError} when STS refuses the token that was ordered.
 * @throws {IssuerConfigError} when the order cannot be understood.
 * @throws {OptionsError} when there is no such account or key.
 */
export function command(issuer: LocalIssuer, path: string, now: number, order?: object): unknown {
  const { status, body } = issuer.respond(
    {
      method: "POST",
      target: `/_countersign/${path}`,
      headers: [["host", "localhost"]],
      body: order === undefined ? undefined : new TextEncoder().encode(JSON.stringify(order)),
      loopback: true,
    },
    now,
  );
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
