import type { Policy } from "countersign";

const { AUDIENCE = "https://api.example.com", ORGANIZATION, DANGER_LOOPBACK_ISSUERS } = process.env;

if (!ORGANIZATION) throw new Error("Set ORGANIZATION: the AWS organization whose accounts may call, such as o-abc1234567.");

/** Whom this service trusts. */
export const policy: Policy = {
  audience: AUDIENCE,
  trust: [
    {
      name: "billing of our organization",
      organization: ORGANIZATION,
      principals: "arn:aws:iam::*:role/billing/*",
    },
  ],
  // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
  ...(DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: DANGER_LOOPBACK_ISSUERS.split(",") }),
};
