// The service that the runners' tests are about: it takes tokens of one organization's billing roles.
import { createVerifier } from "countersign";

export function createService(options) {
  const verifier = createVerifier(
    {
      audience: "https://api.example.com",
      trust: [{ organization: "o-abc1234567", principals: "arn:aws:iam::*:role/billing/*" }],
    },
    options,
  );
  return {
    async handle(authorization) {
      try {
        const identity = await verifier.verify(authorization.replace(/^Bearer /, ""));
        return { status: 200, body: identity.principal.name };
      } catch (error) {
        return { status: error.status, body: error.code };
      }
    },
  };
}
