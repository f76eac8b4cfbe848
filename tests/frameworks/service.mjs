// What every framework's server is made with: a policy, and how requests are answered. Nothing here is one host's own.
import { createVerifier } from "countersign";
import { InternalError } from "countersign/errors";

export const ROLE = "arn:aws:iam::123456789012:role/batch";
/** An issuer that the policy trusts, and whose keys cannot be had. */
export const ISSUER_DOWN = "https://0ff11e00.tokens.sts.global.api.aws";
/** What the verifier fails over instead of judging it. */
export const BREAKING = "breaks.the.verifier";

export function verifierOf({ keys, policy, now }) {
  const trust = [...policy.trust.map((rule) => ({ ...rule, principals: [ROLE] })), { issuer: ISSUER_DOWN }];
  const unreachable = () => Promise.reject(new TypeError("fetch failed"));
  const verifier = createVerifier({ ...policy, trust }, { keys, now: () => now, fetch: unreachable });
  return {
    verify: async (token) => {
      if (token === BREAKING) {
        throw new InternalError("a test");
      }
      return verifier.verify(token);
    },
  };
}

/** Every path is answered by who came, and under `/shown` with reasons. */
export const OPTIONS = {
  realm: 'the "billing" API',
  reasons: "hidden",
};

export const SHOWN = { ...OPTIONS, reasons: "shown" };
export const OPTIONAL = { ...OPTIONS, required: false };

/** What handlers answer with. */
export function answerTo(identity, body) {
  return { arn: identity === undefined ? "nobody" : identity.principal.arn, body };
}
