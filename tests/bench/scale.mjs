// Logarithmic axes: pure arithmetic, tested by scale.test.mjs.

/** A function from a value within `[least, most]` to a place between `from` and `to`. */
export function logarithmic([least, most], [from, to]) {
  const [low, high] = [Math.log10(least), Math.log10(most)];
  return (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
}

/** The narrowest range with ends of 1, 2 or 5 times a power of ten that holds all values, and is no point. */
export function around(values) {
  const least = stepAtMost(Math.min(...values));
  const most = stepAtLeast(Math.max(...values));
  return least < most ? [least, most] : [least, stepAtLeast(most * 1.01)];
}

/** The powers of ten in a range, or, where they are fewer than three, also their doubles and fivefolds. */
export function ticks([least, most]) {
  const all = [];
  for (let exponent = Math.floor(Math.log10(least)); exponent <= Math.ceil(Math.log10(most)); exponent += 1) {
    all.push(...[1, 2, 5].map((step) => step * power(exponent)));
  }
  const within = all.filter((tick) => tick >= least * 0.999 && tick <= most * 1.001);
  const powers = within.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
  return powers.length >= 3 ? powers : within;
}

/** As high as they are or lower, each at least `gap` below the one before: labels that do not cover each other. */
export function apart(places, gap) {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place || a.index - b.index);
  let least = -Infinity;
  const spread = [];
  for (const { place, index } of order) {
    least = Math.max(place, least + gap);
    spread[index] = least;
  }
  return spread;
}

function stepAtMost(value) {
  const exponent = Math.floor(Math.log10(value));
  return [5, 2, 1].map((step) => step * power(exponent)).find((step) => step <= value * 1.000001);
}

function stepAtLeast(value) {
  const exponent = Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power(exponent)).find((step) => step >= value * 0.999999);
}

/** Exact, where 10 ** -1 would do as well but 3 * 10 ** -1 not. */
function power(exponent) {
  return Number(`1e${exponent}`);
}
