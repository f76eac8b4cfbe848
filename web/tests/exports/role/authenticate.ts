// Generated from a Countersign policy at 2026-01-02T03:04:05Z.
// Audience: api://AzureADTokenExchange.
// Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.

import { createVerifier } from "countersign";
import type { Identity, Policy } from "countersign";

const policy: Policy = {
  audience: [
    "api://AzureADTokenExchange"
  ],
  trust: [
    {
      name: "nightly billing",
      issuer: [
        "https://a1b2c3d4.tokens.sts.global.api.aws"
      ],
      account: [
        "123456789012"
      ],
      principals: [
        "arn:aws:iam::123456789012:role/billing/Nightly",
        "arn:aws:iam::123456789012:role/billing/Monthly"
      ]
    }
  ],
  algorithms: [
    "ES384",
    "RS256"
  ],
  clockToleranceSeconds: 30,
  maxLifetimeSeconds: 900
};

// Made once, when the service starts: it keeps the keys.
const verifier = createVerifier(policy);

/** Who sent this token. Throws a VerificationError, whose `status` is the HTTP status to answer with. */
export async function authenticate(token: string): Promise<Identity> {
  return await verifier.verify(token);
}
