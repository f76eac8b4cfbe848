import type { Policy } from "countersign";

const ISSUER = Deno.env.get("ISSUER");
/** Set for development alone: a local issuer (`countersign issuer`), which stands in for AWS. */
const DANGER_LOOPBACK_ISSUERS = Deno.env.get("DANGER_LOOPBACK_ISSUERS");

if (ISSUER === undefined) throw new Error("Set ISSUER: the issuer of the account whose roles may call.");

/** Whom this service trusts: the billing roles of one account, which its issuer stands for. */
export const policy: Policy = {
  audience: Deno.env.get("AUDIENCE") ?? "https://api.example.com",
  trust: [
    {
      name: "billing of a partner",
      issuer: ISSUER,
      principals: ["arn:aws:iam::*:role/billing/*"],
    },
  ],
  ...(DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: DANGER_LOOPBACK_ISSUERS.split(",") }),
};
