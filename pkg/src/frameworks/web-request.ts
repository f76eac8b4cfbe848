/** Requests and answers as the web's standards have them. */
import type { Identity } from "../generated/types.js";
import type { Answer } from "./answer.js";
import { authenticate } from "./authentication.js";
import type { RefusalError, Settings } from "./settings.js";

/** What is read of a request. Its body is left alone. */
export interface RequestHead {
  readonly method?: string;
  readonly headers: { get(name: string): string | null };
}

/** A request that may go on, or the answer to give. */
export type Authentication<Someone = Identity> =
  | { readonly identity: Someone; readonly error?: undefined; readonly response?: undefined }
  | { readonly identity?: undefined; readonly error: RefusalError; readonly response: Response };

/** Judges a request, and has the response ready. */
export async function judge<Request extends RequestHead>(
  settings: Settings<Request>,
  request: Request,
): Promise<Authentication<Identity | undefined>> {
  const { identity, refused } = await authenticate(settings, valuesOf(request, settings.header), request, request.method);
  return refused === undefined ? { identity } : { error: refused.error, response: responseFrom(refused.answer) };
}

/** All values of a header: hosts have joined them. */
export function valuesOf({ headers }: RequestHead, name: string): readonly string[] {
  const value = headers.get(name);
  return value === null ? [] : [value];
}

function responseFrom({ status, headers, body }: Answer): Response {
  return new Response(body === "" ? null : body, { status, headers });
}
