// Only type-checked: what users of web standards write.
import { createVerifier } from "countersign";
import type { Identity } from "countersign";
import { CredentialsError, VerificationError } from "countersign/errors";
import { createAuthenticator, withIdentity } from "countersign/fetch";

const verifier = createVerifier({ audience: "a", trust: [] });

const authenticate = createAuthenticator(verifier);
export async function handle(request: Request): Promise<Response> {
  const { identity, error, response } = await authenticate(request);
  if (response) {
    const kind: CredentialsError | VerificationError = error;
    console.log(kind.code, kind.status);
    return response;
  }
  const someone: Identity = identity;
  return new Response(someone.principal.arn);
}
export async function whole(request: Request): Promise<Response> {
  const outcome = await authenticate(request);
  if (outcome.error) {
    return outcome.response;
  }
  return new Response(outcome.identity.principal.arn);
}
const optional = createAuthenticator(verifier, { required: false });
export async function anyone(request: Request): Promise<string> {
  const { identity, response } = await optional(request);
  // @ts-expect-error: it may not be there
  identity.principal;
  return response === undefined ? (identity?.principal.arn ?? "nobody") : response.statusText;
}
/** Whether it is required is known when it runs. */
export const either = (required: boolean) => createAuthenticator(verifier, { required });

type Env = { SECRET: string };
type Context = { waitUntil(work: Promise<unknown>): void };
export const worker = {
  fetch: withIdentity(verifier, (request, identity, env: Env, context: Context) => {
    context.waitUntil(Promise.resolve());
    return Response.json([request.url, identity.rule, env.SECRET]);
  }),
} satisfies { fetch(request: Request, env: Env, context: Context): Promise<Response> };
export const served = withIdentity(verifier, async (request, identity) => new Response(request.body, { headers: { rule: identity.rule } }), {
  reasons: (request) => (request.headers.has("debug") ? "shown" : "hidden"),
});
export const serve: (request: Request) => Promise<Response> = served;
// @ts-expect-error: here a token is always required
withIdentity(verifier, () => new Response(), { required: false });
// @ts-expect-error: an unknown option
createAuthenticator(verifier, { reason: "shown" });
