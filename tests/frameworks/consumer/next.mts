// Only type-checked: what users of Next.js write.
import { createVerifier } from "countersign";
import { authenticate, createAuthenticator, withIdentity } from "countersign/next";
import { headers } from "next/headers.js";
import type { NextFetchEvent, NextProxy, NextRequest } from "next/server.js";

const verifier = createVerifier({ audience: "a", trust: [] });

export const GET = withIdentity(verifier, (request, identity) => Response.json([request.url, identity.principal.arn]));
export const POST = withIdentity(
  verifier,
  async (request: NextRequest, identity, { params }: { params: Promise<{ id: string }> }) => {
    return Response.json([request.nextUrl.pathname, identity.rule, (await params).id]);
  },
);
type RouteHandler = (request: NextRequest, context: { params: Promise<{ id: string }> }) => Promise<Response> | Response;
export const routes: RouteHandler[] = [GET, POST];

export const proxy: NextProxy = authenticate(verifier);
export const telling = authenticate<NextRequest>(verifier, {
  reasons: (request) => (request.nextUrl.hostname === "localhost" ? "shown" : "hidden"),
});
export const combined = async (request: NextRequest, _event: NextFetchEvent) => (await telling(request)) ?? undefined;

// A server action has headers alone.
export async function action(): Promise<string> {
  const { identity, error } = await createAuthenticator(verifier)({ headers: await headers() });
  return identity === undefined ? error.code : identity.principal.arn;
}
