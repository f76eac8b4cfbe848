/** The table: which contender did what, and who did better than this package. */
export const US = "countersign";

/** Those of whom a row says that they did better. */
export function better(cells) {
  return Object.keys(cells).filter((name) => cells[name].rank < cells[US].rank);
}

/** A Markdown table; what a contender did worse than the best is in italics. */
export function markdown(rows, names) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const body = rows.map(({ title, cells }) => {
    const best = Math.min(...Object.values(cells).map(({ rank }) => rank));
    const shown = names.map((name) => {
      const { text, rank } = cells[name];
      return rank > best ? `*${text}*` : text;
    });
    return line([title, ...shown]);
  });
  return [line(["situation", ...names]), line(["---", ...names.map(() => "---")]), ...body].join("\n");
}
