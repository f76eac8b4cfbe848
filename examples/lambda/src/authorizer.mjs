/** The authorizer: API Gateway asks it for each token that it has not seen lately. */
import { createVerifier } from "countersign";
import { policyAuthorizer } from "countersign/lambda";

import { policy } from "./policy.mjs";

// Made once for each execution environment, whose invocations share its keys.
const verifier = createVerifier(policy);

// Callers are not told why a token is refused, the log is.
export const handler = policyAuthorizer(verifier, { onRefused: (error) => console.warn(JSON.stringify(error)) });
