import { authenticate } from "countersign/next";

import { OPTIONS } from "../service.mjs";
import { verifier } from "./verifier.js";

export const proxy = authenticate(verifier, OPTIONS);

export const config = { matcher: "/proxied" };
