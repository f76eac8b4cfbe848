// The table, as Markdown with every detail, and narrower for a terminal.
import { standing } from "./ranking.mjs";

/** Rows of cells, a heading first. `part` is "rows" or "price", which has no standing. */
function table(rows, part, { ours, peers }, cellText) {
  const contenders = [ours, ...peers];
  const isContest = part === "rows";
  const heading = ["", "", ...contenders.map(({ title }) => title)];
  const body = [];
  let at = 0;
  for (const [number, { title, lines }] of rows.entries()) {
    for (const [index, line] of lines.entries()) {
      const outcomes = contenders.map((contender) => contender[part][at]);
      const place = isContest ? [standing(outcomes[0], outcomes.slice(1))] : [];
      const what = [index === 0 ? title : "", line.title].filter((text) => text !== "").join(": ");
      body.push([index === 0 ? `${number + 1}` : "", what, ...outcomes.map(cellText), ...place]);
      at += 1;
    }
  }
  return [isContest ? [...heading, "ours is"] : heading, ...body];
}

export function markdown(rows, part, results) {
  const [heading, ...body] = table(rows, part, results, ({ cell, detail }) =>
    detail === undefined ? cell : `${cell} \`${detail}\``,
  );
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...body.map(line)].join("\n");
}

export function terminal(rows, part, results) {
  const cells = table(rows, part, results, ({ cell, note }) => (note === undefined ? cell : `${cell}: ${note}`));
  return cells.map((row) => lined(row.map((cell, at) => wrap(cell.replaceAll("`", ""), WIDTHS[at] ?? WIDTH)))).join("\n");
}

const WIDTHS = [2, 38];
const WIDTH = 16;

function lined(columns) {
  const height = Math.max(...columns.map(({ length }) => length));
  const lines = Array.from({ length: height }, (_, line) =>
    columns.map((column, at) => (column[line] ?? "").padEnd(WIDTHS[at] ?? WIDTH)).join("  ").trimEnd(),
  );
  return lines.join("\n");
}

function wrap(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (line.length <= width || lines.at(-1) === "") {
      lines[lines.length - 1] = line;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
