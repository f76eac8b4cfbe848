const { AUDIENCE = "https://api.example.com", ORGANIZATION, DANGER_LOOPBACK_ISSUERS } = process.env;

if (!ORGANIZATION) throw new Error("Set ORGANIZATION: the AWS organization whose accounts may call, such as o-abc1234567.");

/**
 * Whom this API trusts: the billing roles of all accounts below one organizational unit.
 *
 * @type {import("countersign").Policy}
 */
export const policy = {
  audience: AUDIENCE,
  trust: [
    {
      name: "billing of our organization",
      organization: ORGANIZATION,
      organizationalUnits: [`${ORGANIZATION}/r-ab12/ou-ab12-11111111/**`],
      principals: "arn:aws:iam::*:role/billing/*",
    },
  ],
  // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
  ...(DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: DANGER_LOOPBACK_ISSUERS.split(",") }),
};
