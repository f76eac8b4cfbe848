import { env } from "cloudflare:workers";
import type { Policy } from "countersign";

/** Whom this service trusts: production roles of our organization, in any account. */
export const policy: Policy = {
  audience: env.AUDIENCE,
  trust: [
    {
      name: "production of our organization",
      organization: env.ORGANIZATION,
      principalTags: { environment: "production" },
    },
  ],
  // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
  ...(env.DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: env.DANGER_LOOPBACK_ISSUERS.split(",") }),
};
