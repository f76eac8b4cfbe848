import { authenticate } from "countersign/next";

import { verifier } from "./lib/verifier";

/** Nothing below `/api` is reached without a good token. Callers are not told why one is refused, the log is. */
export const proxy = authenticate(verifier, { onRefused: (error) => console.warn(JSON.stringify(error)) });

export const config = { matcher: "/api/:path*" };
