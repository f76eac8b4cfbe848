/** Requests as Node's servers have them. */
import type { Answer } from "./answer.js";

/** What is read of a request: `IncomingMessage`, of HTTP/1 or of HTTP/2's compatibility. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values in turn, as they came. */
  readonly rawHeaders?: readonly string[] | undefined;
}

/**
 * All values of a header. Node keeps the first of several in `headers`, where middleware also may have put another
 * one: so the raw headers only tell that there are several.
 */
export function valuesOf({ headers, rawHeaders = [] }: NodeRequest, name: string): readonly string[] {
  const raw = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
  if (raw.length > 1) {
    return raw;
  }
  const value = headers[name];
  return typeof value === "string" ? [value] : (value ?? []);
}

/** What is used of an answer: `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent?: boolean | undefined;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

export function send(response: NodeResponse, { status, headers, body }: Answer): void {
  // Something else was faster, such as a time limit for requests. To set headers then would throw.
  if (response.headersSent === true) {
    return;
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  response.end(body);
}
