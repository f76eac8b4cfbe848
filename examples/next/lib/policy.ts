import type { Policy } from "countersign";

const { AUDIENCE = "https://api.example.com", ORGANIZATION = "o-abc1234567", DANGER_LOOPBACK_ISSUERS } = process.env;

/** Whom this application trusts: the billing roles of all accounts of our organization. */
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
