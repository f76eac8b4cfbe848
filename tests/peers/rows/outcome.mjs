// What a line of the table can say. Of two outcomes the one with more merit is better. A note is a figure that
// differs from run to run: it is printed, and neither compared nor written down.

export function verdict({ accepted, code }) {
  return accepted ? { cell: "accepted", merit: 0 } : { cell: "refused", detail: code, merit: 1 };
}

export function fetches(count) {
  return { cell: `${count}`, merit: -count };
}
