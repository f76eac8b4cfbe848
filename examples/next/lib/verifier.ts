import { createVerifier } from "countersign";

import { policy } from "./policy";

export const verifier = createVerifier(policy);
