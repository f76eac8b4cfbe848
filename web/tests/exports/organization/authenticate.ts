// Generated from a Countersign policy at 2026-01-02T03:04:05Z.
// Audience: https://api.example.com, https://api.example.org.
// Rule our organization: organization o-abc1234567; organizational units o-abc1234567/r-ab12/**; principal tags environment.
// Rule partner: issuer https://e5f6a7b8.tokens.sts.global.api.aws; account 210987654321; principals arn:aws:iam::210987654321:role/export/*; source regions eu-west-1; request tags job.
// Rule trust[2]: issuer https://c9d0e1f2.tokens.sts.global.api.aws; account 345678901234; request tags job, tier.

import { createVerifier } from "countersign";
import type { Identity, Policy } from "countersign";

const policy: Policy = {
  audience: [
    "https://api.example.com",
    "https://api.example.org"
  ],
  trust: [
    {
      name: "our organization",
      organization: "o-abc1234567",
      organizationalUnits: [
        "o-abc1234567/r-ab12/**"
      ],
      principalTags: {
        environment: [
          "production",
          "staging"
        ]
      }
    },
    {
      name: "partner",
      issuer: [
        "https://e5f6a7b8.tokens.sts.global.api.aws"
      ],
      account: [
        "210987654321"
      ],
      principals: [
        "arn:aws:iam::210987654321:role/export/*"
      ],
      requestTags: {
        job: [
          "nightly"
        ]
      },
      sourceRegions: [
        "eu-west-1"
      ]
    },
    {
      issuer: [
        "https://c9d0e1f2.tokens.sts.global.api.aws"
      ],
      account: [
        "345678901234"
      ],
      requestTags: {
        job: [
          "weekly"
        ],
        tier: [
          "gold"
        ]
      }
    }
  ],
  algorithms: [
    "ES384"
  ],
  clockToleranceSeconds: 30,
  maxLifetimeSeconds: 3600,
  maxAgeSeconds: 300
};

// Made once, when the service starts: it keeps the keys.
const verifier = createVerifier(policy);

/** Who sent this token. Throws a VerificationError, whose `status` is the HTTP status to answer with. */
export async function authenticate(token: string): Promise<Identity> {
  return await verifier.verify(token);
}
