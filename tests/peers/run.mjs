/** Runs one contender through every row, in a process of its own, and prints what came of it as JSON. */
import "./clock.mjs";

const { CONTENDERS } = await import("./contenders.mjs");
const { ROWS } = await import("./rows.mjs");

const { make } = CONTENDERS[process.argv[2]];
const cells = [];
for (const row of ROWS) {
  try {
    cells.push({ title: row.title, expected: row.expected, ...(await row.run(make)) });
  } catch (error) {
    throw new Error(`${process.argv[2]}, ${row.title}`, { cause: error });
  }
}
console.log(JSON.stringify(cells));
process.exit(0);
