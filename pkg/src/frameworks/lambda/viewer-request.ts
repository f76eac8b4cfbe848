/** Lambda@Edge: CloudFront's requests, before its cache and any origin sees them. */
import { authenticate } from "../authentication.js";
import type { Answer } from "../answer.js";
import { refusalSettingsFrom } from "../settings.js";
import type { RefusalOptions, TokenVerifier } from "../settings.js";

/** CloudFront's headers: names in lower case, and all values of each. */
export type CloudFrontHeaderMap = Record<string, { key?: string | undefined; value: string }[]>;

/** A request, as far as CloudFront's is needed. */
export interface CloudFrontRequestHead {
  readonly method: string;
  readonly headers: CloudFrontHeaderMap;
}

/** What a function for viewer requests is called with. */
export interface ViewerRequestEvent<Request extends CloudFrontRequestHead = CloudFrontRequestHead> {
  readonly Records: readonly { readonly cf: { readonly request: Request } }[];
}

/** An answer in place of the cache's and the origin's. */
export interface CloudFrontAnswer {
  status: string;
  statusDescription: string;
  headers: CloudFrontHeaderMap;
  body: string;
}

/**
 * Makes a function for CloudFront's event `viewer-request`: requests with a good token go on as they are, all others are
 * answered at the edge. On origin requests it would be too late: the cache has answered some before.
 * What is no refusal (`InternalError`, `ModuleError`) is thrown, and answered by CloudFront with 502 or 503.
 *
 * No identity is handed on. An origin that needs it verifies for itself, and has CloudFront forward the header.
 *
 * ```ts
 * export const handler = viewerRequest(verifier);
 * ```
 *
 * @throws {OptionsError} when an option is unknown or cannot be used.
 */
export function viewerRequest<Request extends CloudFrontRequestHead = CloudFrontRequestHead>(
  verifier: TokenVerifier,
  options?: RefusalOptions<Request>,
): (event: ViewerRequestEvent<Request>) => Promise<Request | CloudFrontAnswer> {
  const settings = refusalSettingsFrom("viewerRequest", verifier, options);
  return async ({ Records: [record] }) => {
    if (record === undefined) {
      throw new Error("This is no event of CloudFront: it has no request.");
    }
    const { request } = record.cf;
    const values = (request.headers[settings.header] ?? []).map(({ value }) => value);
    const { identity, refused } = await authenticate(settings, values, request, request.method);
    if (refused !== undefined) {
      return answerFrom(refused.answer);
    }
    // `required` is never false here; were it so by mistake, nobody must get through.
    if (identity === undefined) {
      throw new Error("There is no identity.");
    }
    return request;
  };
}

function answerFrom({ status, phrase, headers, body }: Answer): CloudFrontAnswer {
  const map = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [{ key, value }]]));
  return { status: String(status), statusDescription: phrase, headers: map, body };
}
