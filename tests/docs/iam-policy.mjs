// iam-policy.mjs FILE: fails unless the file is an IAM policy on asking STS for tokens, by the names that AWS documents.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const ACTIONS = ["sts:GetWebIdentityToken", "sts:TagGetWebIdentityToken"];
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const OPERATOR = /^(?:For(?:All|Any)Value(?:s)?:)?(?:String(?:Not)?(?:Equals|Like)|Numeric(?:Not)?(?:Equals|LessThan(?:Equals)?|GreaterThan(?:Equals)?))$/;
const KEYS = ["sts:IdentityTokenAudience", "sts:DurationSeconds", "sts:SigningAlgorithm", "aws:TagKeys"];
const MANY = ["sts:IdentityTokenAudience", "aws:TagKeys"];

const policy = JSON.parse(readFileSync(process.argv[2], "utf8"));
assert.deepEqual(Object.keys(policy), ["Version", "Statement"]);
assert.equal(policy.Version, "2012-10-17");
assert.ok(policy.Statement.length > 0);
for (const { Sid, Effect, Action, Resource, Condition, ...rest } of policy.Statement) {
  assert.deepEqual(rest, {}, "members that are none");
  assert.match(Sid, /^[A-Za-z0-9]+$/);
  assert.ok(["Allow", "Deny"].includes(Effect), Effect);
  for (const action of [Action].flat()) assert.ok(ACTIONS.includes(action), action);
  assert.equal(Resource, "*");
  for (const [operator, keys] of Object.entries(Condition)) {
    assert.match(operator, OPERATOR);
    for (const [key, values] of Object.entries(keys)) {
      assert.ok(KEYS.includes(key) || key.startsWith("aws:RequestTag/"), key);
      assert.equal(operator.includes(":"), MANY.includes(key), `${operator} with ${key}`);
      // What is denied for any value, and what is allowed for all: the other way round would let others through.
      if (MANY.includes(key)) assert.equal(operator.startsWith("ForAnyValue:"), Effect === "Deny");
      for (const value of [values].flat()) assert.equal(typeof value, "string");
    }
  }
}
