import { withIdentity } from "countersign/next";

import { OPTIONS, answerTo } from "../../service.mjs";
import { verifier } from "../verifier.js";

export const GET = withIdentity(verifier, async (request, identity) => Response.json(answerTo(identity, await request.text())), OPTIONS);
export const POST = GET;
