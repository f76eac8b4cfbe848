import type { SystemError } from "./requests.js";

/** Below are Node's own numbers, which it has where an operating system has none (as on Windows). */
const LEAST_OWN_NUMBER = -4000;

/** What is known of an error that Node threw. */
export function systemError(error: unknown): SystemError {
  // Several addresses were tried, and each failed: the first tells why.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const { code, errno, message } = (first instanceof Error ? first : new Error(String(first))) as NodeJS.ErrnoException;
  const number = errno !== undefined && errno < 0 && errno > LEAST_OWN_NUMBER ? -errno : null;
  return { code: code ?? "", number, message };
}
