import { withIdentity } from "countersign/next";

import { verifier } from "../../../lib/verifier";

/** Says who calls. It verifies for itself: a handler must not rest on a proxy having run before it. */
export const GET = withIdentity(verifier, (_request, { principal, rule }) =>
  Response.json({ principal: principal.arn, account: principal.account, rule }),
);
