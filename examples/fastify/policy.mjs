const { AUDIENCE = "https://api.example.com", ISSUER, DANGER_LOOPBACK_ISSUERS } = process.env;

if (!ISSUER) throw new Error("Set ISSUER: the issuer of the account whose roles may call.");

/**
 * Whom this service trusts: the billing roles of one account, of a partner perhaps, by its issuer.
 *
 * @type {import("countersign").Policy}
 */
export const policy = {
  audience: AUDIENCE,
  trust: [
    {
      name: "billing of a partner",
      issuer: ISSUER,
      principals: ["arn:aws:iam::*:role/billing/*"],
    },
  ],
  // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
  ...(DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: DANGER_LOOPBACK_ISSUERS.split(",") }),
};
