import type { Policy } from "countersign";

const { AUDIENCE = "https://api.example.com", ORGANIZATION, DANGER_LOOPBACK_ISSUERS, NEXT_PHASE } = process.env;

// `next build` loads this file too, and serves nobody.
if (!ORGANIZATION && NEXT_PHASE !== "phase-production-build") {
  throw new Error("Set ORGANIZATION: the AWS organization whose accounts may call, such as o-abc1234567.");
}

/** Whom this application trusts: the billing roles of all accounts of our organization. */
export const policy: Policy = {
  audience: AUDIENCE,
  trust: [
    {
      name: "billing of our organization",
      organization: ORGANIZATION || "o-0000000000",
      principals: "arn:aws:iam::*:role/billing/*",
    },
  ],
  // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
  ...(DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: DANGER_LOOPBACK_ISSUERS.split(",") }),
};
