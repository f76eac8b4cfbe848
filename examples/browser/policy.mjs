// `build.mjs` puts the values in.
const { AUDIENCE, ORGANIZATION, DANGER_LOOPBACK_ISSUERS } = SETTINGS;

/**
 * Whom the service trusts that this page speaks for. It is no secret once it is here: leave out what should be one.
 *
 * @type {import("countersign").Policy}
 */
export const policy = {
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
