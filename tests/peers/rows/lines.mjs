/** The lines of these rows in order, each with its place and a name of its own. */
export function linesOf(rows) {
  return rows
    .flatMap(({ title, lines }) => lines.map((line) => ({ ...line, name: nameOf(title, line.title) })))
    .map((line, at) => ({ ...line, at }));
}

function nameOf(title, part) {
  return part === "" ? title : `${title}: ${part}`;
}
