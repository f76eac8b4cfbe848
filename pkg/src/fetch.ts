/** Fetching one document of an issuer within limits. What the document means is the core's business. */

declare global {
  // Declared by the DOM's types and by Node's, with which this merges; callers may have neither.
  interface AbortSignal {}
}

/** What Countersign needs of a `fetch`; the global one and undici's fit. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  method: "GET";
  headers: Record<string, string>;
  redirect: "manual";
  signal: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly type?: string;
  readonly redirected?: boolean;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): BodyReader } | null;
}

interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/** What the core asks for. */
export interface FetchRequest {
  id: number;
  issuer: string;
  url: string;
  purpose: "discovery" | "keySet";
  maxBytes: number;
  timeoutSeconds: number;
}

/** What the core is told. */
export type FetchOutcome =
  | { kind: "response"; status: number; freshness: FreshnessHeaders; body: Uint8Array }
  | { kind: "failed"; reason: FetchFailure; detail: string };

/** The headers that say how long a response may be used (RFC 9111). */
export interface FreshnessHeaders {
  age: string | null;
  cacheControl: string | null;
  date: string | null;
  expires: string | null;
}

/** Why a document could not be had. */
export type FetchFailure = "insecure" | "network" | "redirect" | "timeout" | "tooLarge";

/** Fetches the document. Never rejects, and settles in time even when the given `fetch` never does. */
export async function fetchDocument(request: FetchRequest, fetch: Fetch): Promise<FetchOutcome> {
  if (!isSecure(request.url)) {
    return failure("insecure", "only https is fetched, and http on loopback");
  }
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<FetchOutcome>((resolve) => {
    timer = setTimeout(() => {
      resolve(failure("timeout", `no whole answer within ${request.timeoutSeconds} s`));
    }, request.timeoutSeconds * 1000);
  });
  try {
    return await Promise.race([exchange(request, fetch, controller.signal), timeout]);
  } catch (error) {
    return failure("network", unfold(error));
  } finally {
    clearTimeout(timer);
    // Stops whatever of the exchange is still under way.
    controller.abort();
  }
}

const ACCEPT = {
  discovery: "application/json",
  keySet: "application/jwk-set+json, application/json",
};

async function exchange(request: FetchRequest, fetch: Fetch, signal: AbortSignal): Promise<FetchOutcome> {
  const response = await fetch(request.url, {
    method: "GET",
    headers: { accept: ACCEPT[request.purpose] },
    redirect: "manual",
    signal,
  });
  const { status } = response;
  if (response.type === "opaqueredirect" || response.redirected === true || (status >= 300 && status < 400)) {
    return failure("redirect", `the answer redirects (status ${status})`);
  }
  const body = await readBody(response, request.maxBytes);
  if (body === undefined) {
    return failure("tooLarge", `the answer has more than ${request.maxBytes} bytes`);
  }
  const { headers } = response;
  const freshness = {
    age: headers.get("age"),
    cacheControl: headers.get("cache-control"),
    date: headers.get("date"),
    expires: headers.get("expires"),
  };
  return { kind: "response", status, freshness, body };
}

/** The whole body, or nothing when it is larger than allowed: reading stops there. */
async function readBody(response: FetchResponse, maxBytes: number): Promise<Uint8Array | undefined> {
  if (response.body === null) {
    return new Uint8Array();
  }
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) {
      break;
    }
    size += value.byteLength;
    if (size > maxBytes) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

/** https, or http to this very host. Which loopback issuers count at all is the policy's word. */
function isSecure(url: string): boolean {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return false;
  }
  const { protocol, hostname } = parsed;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|localhost)$/;

function failure(reason: FetchFailure, detail: string): FetchOutcome {
  return { kind: "failed", reason, detail };
}

/**
 * "fetch failed" helps nobody: the reason (DNS, refused connection, TLS) is in the causes. None of
 * them can hold a token, since no token is ever sent to an issuer.
 */
function unfold(error: unknown): string {
  const parts: string[] = [];
  let next: unknown = error;
  for (let depth = 0; next !== undefined && next !== null && depth < MAX_CAUSES; depth += 1) {
    // Several addresses were tried: the first error stands for the others.
    const { message, code, cause, errors } = (typeof next === "object" ? next : { message: next }) as {
      message?: unknown;
      code?: unknown;
      cause?: unknown;
      errors?: unknown;
    };
    const text = typeof message === "string" && message !== "" ? message : undefined;
    const known = typeof code === "string" && !text?.includes(code) ? code : undefined;
    parts.push(...[text, known].filter((part) => part !== undefined));
    next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return parts.length === 0 ? "unknown network error" : parts.join(": ").slice(0, MAX_DETAIL);
}

const MAX_CAUSES = 6;
const MAX_DETAIL = 400;
