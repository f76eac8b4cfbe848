/** What every adapter does: from the values of a header to an identity, or to an answer. */
import { CredentialsError, VerificationError } from "../errors.js";
import type { Identity } from "../generated/types.js";
import { answerFor } from "./answer.js";
import type { Answer } from "./answer.js";
import { tokenFrom } from "./credentials.js";
import type { RefusalError, Settings } from "./settings.js";

/** A request that may go on, or how to answer it. */
export type Outcome = Accepted | Refused;

export interface Accepted {
  /** Nobody's, where none is required. */
  readonly identity: Identity | undefined;
  readonly refused?: undefined;
}

export interface Refused {
  readonly identity?: undefined;
  readonly refused: { readonly error: RefusalError; readonly answer: Answer };
}

/**
 * Judges a request by the header that has its credentials. What is no refusal (`InternalError`, `ModuleError`) rejects:
 * it is the framework's to answer.
 *
 * @param values - All values of `settings.header`.
 * @param request - What callbacks are told of.
 */
export async function authenticate<Request>(
  settings: Settings<Request>,
  values: readonly string[],
  request: Request,
  method?: string,
): Promise<Outcome> {
  try {
    return { identity: requireOne(await settings.verifier.verify(tokenFrom(values, settings.headerName))) };
  } catch (error) {
    if (isAbsence(error) && !settings.required) {
      return { identity: undefined };
    }
    if (!isRefusal(error)) {
      throw error;
    }
    tell(settings, error, request);
    return { refused: { error, answer: answerFor(error, settings, settings.showsReasons(request), method) } };
  }
}

/** A verifier of somebody's own may forget its answer: then nobody must get through. */
function requireOne(identity: Identity | undefined): Identity {
  if (identity === undefined) {
    throw new TypeError("The verifier gave neither an identity nor an error.");
  }
  return identity;
}

function isRefusal(error: unknown): error is RefusalError {
  return error instanceof VerificationError || error instanceof CredentialsError;
}

function isAbsence(error: unknown): boolean {
  return error instanceof CredentialsError && error.code === "credentials.missing";
}

function tell<Request>({ onRefused }: Settings<Request>, error: RefusalError, request: Request): void {
  try {
    // An async listener rejects later: that, too, must not end the process.
    Promise.resolve(onRefused?.(error, request)).catch(() => undefined);
  } catch {
    // A listener that throws changes no answer.
  }
}
