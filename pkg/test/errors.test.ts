import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { PolicyError, VerificationError } from "countersign";

const other = createRequire(import.meta.url)("countersign") as typeof import("countersign");

test("instanceof works across copies of the package, and only for its own errors", () => {
  assert.notEqual(other.PolicyError, PolicyError);
  const thrown = (): unknown => {
    try {
      return other.createVerifier({} as never);
    } catch (error) {
      return error;
    }
  };
  assert.ok(thrown() instanceof PolicyError);
  assert.ok(!(thrown() instanceof VerificationError));
  for (const stranger of [new Error("x"), {}, null, undefined, "PolicyError"] as unknown[]) {
    assert.ok(!(stranger instanceof PolicyError));
  }
});

test("a subclass's instanceof is its own", () => {
  class Mine extends PolicyError {}
  assert.ok(new Mine([]) instanceof Mine);
  assert.ok(new Mine([]) instanceof PolicyError);
  assert.ok(!(new PolicyError([]) instanceof Mine));
});
