// The tables for a terminal.
import { disturbance, tables } from "./tables.mjs";

export function asText(figures) {
  return [...tables(figures).map(table), disturbance(figures)].join("\n\n");
}

function table({ title, head, rows }) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? "").length)));
  const line = (cells) => cells.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd();
  return [title, ...all.map((cells) => `  ${line(cells)}`)].join("\n");
}
