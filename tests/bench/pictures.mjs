// Which pictures there are, by file name.
import { bars, lines } from "./chart.mjs";

/** `{ "speed-….svg": text }`. */
export function pictures({ signatures, growth }) {
  const beyond = growth.withoutSignature;
  const y = beyond ? "µs per verification, without the signature" : "µs per verification, with the signature";
  const series = (names) =>
    names
      .map((name) => ({ name, points: measured(growth.curves[name]).map((point) => ({ x: point.x, ...above(beyond ? point.beyond : point.whole) })) }))
      .filter(({ points }) => points.length > 0);
  return {
    "speed-signatures.svg": bars({ title: "A whole verification in Node, µs", unit: "Microseconds", groups: groups(signatures) }),
    "speed-issuers-and-rules.svg": lines({ title: "The cost of many issuers and rules", x: "how many", y, series: series(["issuers", "rules, each of another issuer", "rules, all of one issuer"]) }),
    "speed-token-size.svg": lines({ title: "The cost of long tokens", x: "bytes", y, series: series(["bytes of a token"]) }),
    "speed-request-tags.svg": lines({ title: "The cost of many request tags", x: "tags", y, series: series(["request tags"]) }),
  };
}

/** `[{ curve, x, refused }]`: where a limit of the product ends a curve. */
export function refusals({ growth: { curves } }) {
  return Object.entries(curves).flatMap(([curve, points]) => points.filter(({ refused }) => refused).map(({ x, refused }) => ({ curve, x, refused })));
}

function measured(points) {
  return points.filter(({ refused }) => !refused);
}

/** A difference within the noise may be nothing, or less; a logarithmic axis has no place for that. */
function above({ median, low, high }) {
  const LEAST = 0.1;
  return { median: Math.max(median, LEAST), low: Math.max(low, LEAST), high: Math.max(high, LEAST) };
}

function groups(signatures) {
  return Object.entries(signatures).map(([name, contenders]) => ({
    name,
    bars: Object.entries(contenders).map(([who, summary]) => ({ name: who, ours: who.startsWith("countersign"), ...summary })),
  }));
}
