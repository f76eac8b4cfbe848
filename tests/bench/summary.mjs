// What is said of a list of measured times. Pure arithmetic, tested by summary.test.mjs.

/** Median and quartiles. */
export function summary(values) {
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new Error(`${values.length} values, or one that is no number`);
  }
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/**
 * What each round took beyond another contender in the same round: whatever slowed the machine down in that
 * round slowed both.
 */
export function differences(values, others) {
  if (values.length !== others.length) {
    throw new Error(`${values.length} rounds beside ${others.length}`);
  }
  return values.map((value, round) => value - others[round]);
}

/** Linear between the two nearest values. */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}
