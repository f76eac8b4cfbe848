/** A test issuer that a test runner keeps in order. */
import { OptionsError } from "../errors.js";
import { requirePlain } from "./named.js";
import type { TestIssuerOptions } from "./options.js";
import { createTestIssuer } from "./test-issuer.js";
import type { TestIssuer } from "./test-issuer.js";

/** A hook of a test runner: it takes what is to be done. */
type Hook = (work: () => unknown) => unknown;

/** A test runner's hooks: those of Vitest and Jest, or of `node:test`, whose last one is called `after`. */
export interface RunnerHooks {
  readonly afterEach: Hook;
  readonly afterAll?: Hook | undefined;
  readonly after?: Hook | undefined;
}

/**
 * Makes a test issuer that is reset after each test, and closed after the last one.
 *
 * ```ts
 * import { afterAll, afterEach } from "vitest"; // or "@jest/globals"
 * const issuer = useTestIssuer({ afterEach, afterAll });
 *
 * import { after, afterEach } from "node:test";
 * const issuer = useTestIssuer({ afterEach, after });
 * ```
 *
 * Issuers and keys stay the same throughout, so that verifiers can be made once for all tests.
 */
export function useTestIssuer(hooks: RunnerHooks, options?: TestIssuerOptions): TestIssuer {
  const { afterEach, afterAll, after } = requirePlain("useTestIssuer", hooks) as Partial<RunnerHooks>;
  const last = afterAll ?? after;
  if (typeof afterEach !== "function" || typeof last !== "function") {
    const message = "`useTestIssuer` takes the hooks `afterEach` and `afterAll` (of node:test, `after`).";
    throw new OptionsError("options.type", "hooks", message);
  }
  const issuer = createTestIssuer(options);
  afterEach(() => issuer.reset());
  last(() => issuer.close());
  return issuer;
}
