// Only type-checked: what a caller writes has types, and a slip in it is an error in the editor.
import { createVerifier, inspect, memoryReplay, PolicyError, VerificationError } from "countersign";
import type { Code, Identity, ReplayStore, Report, Verifier } from "countersign";
import { BAD_TOKENS, createTestIssuer } from "countersign/testing";
import type { BadToken } from "countersign/testing";

const verifier: Verifier = createVerifier(
  {
    audience: ["https://api.example.com"],
    trust: [
      {
        name: "our organization",
        organization: "o-abc1234567",
        organizationalUnits: ["o-abc1234567/r-ab12/**"],
        principalTags: { environment: ["production", "staging"] },
      },
    ],
    maxAgeSeconds: 900,
  },
  { fetch, now: () => Date.now() / 1000 },
);
const identity: Identity = await verifier.verify("token");
const account: string | undefined = identity.aws?.account;
const tag: string | undefined = identity.aws?.principalTags?.["environment"];
const report: Report = await verifier.explain("token");
const code: Code = "audience.mismatch";
inspect("token");

try {
  verifier.verifySync("token");
} catch (error) {
  if (error instanceof VerificationError && error.code === code) {
    console.log(error.status, error.retryable, error.expected, error.found, account, tag, report);
  } else if (error instanceof PolicyError) {
    console.log(error.faults.map((fault) => fault.path));
  }
}

const issuer = createTestIssuer({ accounts: [{ id: "123456789012", organization: null }], now: () => 5, rsa: true });
const fetching: typeof fetch = issuer.fetch;
const bad: BadToken = "alg-none";
createVerifier({ audience: "a", trust: [] }, { fetch: issuer.fetch, keys: issuer.keys, now: issuer.now });
const minted: string = await issuer.badToken(bad, { role: "a", claims: { jti: null } });
await using server = await issuer.listen({ port: 0 });
console.log(fetching, minted, server.credentials.accessKeyId, Object.entries(BAD_TOKENS));
// @ts-expect-error: a bad token that there is not
await issuer.badToken("stale");
// @ts-expect-error: an unknown option
createTestIssuer({ account: "123456789012" });
// @ts-expect-error: an unknown member of the context
await issuer.token({ context: { lambda: "arn" } });

const used = new Set<string>();
const store: ReplayStore = {
  once: async (key, expiresAt, now) => (expiresAt > now && !used.has(key) && used.add(key) ? "first" : "seen"),
  peek: (key) => (used.has(key) ? "seen" : "first"),
};
createVerifier({ audience: "a", trust: [] }, { replay: { store, whenUnavailable: "refuse", timeoutSeconds: 2 } });

// @ts-expect-error: an answer that is none
const confused: ReplayStore = { once: async () => true, peek: () => "seen" };
console.log(confused);
// @ts-expect-error: an unknown member of the policy
createVerifier({ audience: "a", trust: [], audiences: [] });
// @ts-expect-error: an unknown member of a rule
createVerifier({ audience: "a", trust: [{ organisation: "o-abc1234567" }] });
// @ts-expect-error: an unknown option
createVerifier({ audience: "a", trust: [] }, { replays: {} });
// @ts-expect-error: what becomes of tokens in an outage has no default
createVerifier({ audience: "a", trust: [] }, { replay: { store: memoryReplay() } });
// @ts-expect-error: a code that does not exist
const wrong: Code = "audience.wrong";
console.log(wrong);
