// Tokens seen before. Each time they are new strings with the same content, as in a service, which reads them from
// requests: a string that was looked up before carries its hash with it.
import { ourVerifier, fastJwtVerifier } from "./contenders.mjs";
import { has } from "./ours.mjs";
import { interleave, mustWork } from "./rounds.mjs";
import { summary } from "./summary.mjs";
import { sample, swapped } from "./tokens.mjs";

const SEEN = 100;

/** Microseconds per verification of a token seen before. Without the option, ours verifies it again. */
export async function measure({ rounds, warmUp }) {
  const tokenCache = { maxTokens: 1000 };
  const cached = has({ tokenCache });
  const tokens = sample("ES384", SEEN);
  const bytes = Array.from({ length: 20 }, () => tokens.tokens.map((token) => Buffer.from(token))).flat();
  const fresh = () => bytes.map((token) => token.latin1Slice());
  const contenders = [
    { name: "countersign", verify: ourVerifier(tokens, cached ? { tokenCache } : {}) },
    { name: "fast-jwt", verify: fastJwtVerifier(tokens, true) },
  ];
  const all = contenders.map((contender) => ({ ...contender, inputs: tokens.tokens, ...(cached ? { fresh } : {}) }));
  for (const contender of all) {
    await mustWork(contender, swapped(tokens.tokens));
  }
  const times = await interleave(all, { warmUp: cached ? warmUp : SEEN, rounds });
  return { cached, countersign: summary(times.countersign), "fast-jwt": summary(times["fast-jwt"]) };
}
