// Figures as pictures: SVG without scripts, the same for the same figures, readable on light and on dark, and told
// in words for those who do not see it.
import { apart, around, logarithmic, ticks } from "./scale.mjs";
import { digits } from "./tables.mjs";

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .quiet { fill: #59636e; }
  .grid { stroke: #d1d9e0; }
  .line, .spread { fill: none; stroke-width: 2; }
  .c0 { stroke: #0550ae; fill: #0550ae; } .c1 { stroke: #bc4c00; fill: #bc4c00; } .c2 { stroke: #116329; fill: #116329; }
  .other { fill: #818b98; stroke: #818b98; } .whisker { stroke: #1f2328; }
  .line { fill: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .quiet { fill: #9198a1; } .grid { stroke: #3d444d; } .whisker { stroke: #e6edf3; }
    .c0 { stroke: #79c0ff; fill: #79c0ff; } .c1 { stroke: #ffa657; fill: #ffa657; } .c2 { stroke: #7ee787; fill: #7ee787; }
    .line { fill: none; }
  }`;
const DASHES = ["", "7 4", "2 4"];

/** Lines on logarithmic axes: `series` is `[{ name, points: [{ x, median, low, high }] }]`. */
export function lines({ title, x, y, series }) {
  const [width, height] = [760, 400];
  const plot = { left: 64, right: 520, top: 68, bottom: 344 };
  const points = series.flatMap((one) => one.points);
  const xs = around(points.map((point) => point.x));
  const ys = around(points.flatMap((point) => [point.low, point.high]));
  const toX = logarithmic(xs, [plot.left, plot.right]);
  const toY = logarithmic(ys, [plot.bottom, plot.top]);
  const grid = [
    ...ticks(ys).map((tick) => `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${n(toY(tick))}" y2="${n(toY(tick))}"/><text class="quiet" x="${plot.left - 8}" y="${n(toY(tick) + 4)}" text-anchor="end">${label(tick)}</text>`),
    ...ticks(xs).map((tick) => `<line class="grid" y1="${plot.top}" y2="${plot.bottom}" x1="${n(toX(tick))}" x2="${n(toX(tick))}"/><text class="quiet" x="${n(toX(tick))}" y="${plot.bottom + 18}" text-anchor="middle">${label(tick)}</text>`),
  ];
  const ends = apart(series.map((one) => toY(one.points.at(-1).median)), 17);
  const drawn = series.map(({ name, points }, index) => {
    const path = points.map((point, at) => `${at === 0 ? "M" : "L"}${n(toX(point.x))} ${n(toY(point.median))}`).join("");
    const marks = points.map((point) => `<circle class="c${index}" cx="${n(toX(point.x))}" cy="${n(toY(point.median))}" r="3"/><line class="c${index} spread" x1="${n(toX(point.x))}" x2="${n(toX(point.x))}" y1="${n(toY(point.low))}" y2="${n(toY(point.high))}"/>`);
    return `<path class="c${index} line" stroke-dasharray="${DASHES[index]}" d="${path}"/>${marks.join("")}<text x="${plot.right + 12}" y="${n(ends[index] + 4)}">${escape(name)}: ${digits(points.at(-1).median)}</text>`;
  });
  const told = series.map(({ name, points }) => `${name}: ${points.map((point) => `${digits(point.median)} at ${label(point.x)}`).join(", ")}.`);
  return svg({ width, height, title, description: `${y}, by ${x}, on logarithmic axes. ${told.join(" ")}` }, [
    ...grid,
    `<text class="quiet" x="${plot.left}" y="${plot.top - 14}">${escape(y)}</text>`,
    `<text class="quiet" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 40}" text-anchor="middle">${escape(x)}</text>`,
    ...drawn,
  ]);
}

/** Bars from zero, with whiskers at the quartiles: `groups` is `[{ name, bars: [{ name, ours, median, low, high }] }]`. */
export function bars({ title, unit, groups }) {
  const [width, left, right, step] = [760, 230, 660, 22];
  let top = 44;
  const drawn = [];
  for (const { name, bars: all } of groups) {
    const toX = (value) => left + (value / Math.max(...all.map(({ high }) => high))) * (right - left);
    drawn.push(`<text class="quiet" x="16" y="${top + 14}">${escape(name)}</text>`);
    top += step;
    for (const { name: who, ours, median, low, high } of all) {
      const middle = top + 9;
      drawn.push(
        `<text x="${left - 8}" y="${top + 14}" text-anchor="end">${escape(who)}</text>`,
        `<rect class="${ours ? "c0" : "other"}" x="${left}" y="${top + 2}" width="${n(toX(median) - left)}" height="14"/>`,
        `<line class="whisker" x1="${n(toX(low))}" x2="${n(toX(high))}" y1="${middle}" y2="${middle}"/>`,
        `<text x="${n(toX(high) + 8)}" y="${top + 14}">${digits(median)}</text>`,
      );
      top += step;
    }
    top += 10;
  }
  const told = groups.map(({ name, bars: all }) => `${name}: ${all.map(({ name: who, median }) => `${who} ${digits(median)}`).join(", ")}.`);
  return svg({ width, height: top + 6, title, description: `${unit}, shorter is better; each group has a scale of its own. ${told.join(" ")}` }, drawn);
}

function svg({ width, height, title, description }, content) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="description">${escape(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="16" y="22">${escape(title)}</text>`,
    ...content,
    "</svg>\n",
  ].join("\n");
}

function label(value) {
  return value >= 1000 ? digits(value) : String(value);
}

/** Coordinates to a tenth of a pixel. */
function n(value) {
  return Number(value.toFixed(1));
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
