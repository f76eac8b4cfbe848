import { readFileSync } from "node:fs";
import { createVerifier } from "countersign";
const { policy, keys, now, token } = JSON.parse(readFileSync("sample.json", "utf8"));
const identity = createVerifier(policy, { keys, now: () => now }).verifySync(token);
console.log(identity.principal.arn);
