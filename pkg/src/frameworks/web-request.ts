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

/**
 * @param request - As it came.
 * @param told - What callbacks are told of.
 */
export async function judge<Told>(
  settings: Settings<Told>,
  request: RequestHead,
  told: Told,
): Promise<Authentication<Identity | undefined>> {
  const value = request.headers.get(settings.header);
  const { identity, refused } = await authenticate(settings, value === null ? [] : [value], told, request.method);
  return refused === undefined ? { identity } : { error: refused.error, response: responseFrom(refused.answer) };
}

function responseFrom({ status, headers, body }: Answer): Response {
  return new Response(body === "" ? null : body, { status, headers });
}
