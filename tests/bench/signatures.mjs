// Whole verifications in Node, beside other packages and the host's own function, on the same tokens and one key.
import { contenders } from "./contenders.mjs";
import { mustWork, interleave } from "./rounds.mjs";
import { summary } from "./summary.mjs";
import { ALGORITHMS, sample } from "./tokens.mjs";

/** By algorithm and contender: microseconds per verification. */
export async function measure({ tokens, rounds, warmUp }) {
  const figures = {};
  for (const algorithm of ALGORITHMS) {
    const all = await contenders(sample(algorithm, tokens[algorithm]));
    for (const contender of all) {
      await mustWork(contender, contender.bad);
    }
    const times = await interleave(all, { warmUp, rounds });
    figures[algorithm] = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, summary(values)]));
  }
  return figures;
}
