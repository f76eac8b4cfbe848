// run-contender.mjs NAME: runs every line with one contender, in a process of its own, and prints the
// outcomes as JSON.
import { stopTime } from "./clock.mjs";
import { PRICE, ROWS } from "./rows/rows.mjs";

stopTime();
const { default: contender } = await import(`./contenders/${process.argv[2]}.mjs`);

async function outcomes(rows) {
  const results = [];
  for (const { lines } of rows) {
    for (const { run } of lines) {
      results.push(await run(contender));
    }
  }
  return results;
}

const { name, title } = contender;
const result = { name, title, rows: await outcomes(ROWS), price: await outcomes(PRICE) };
process.stdout.write(JSON.stringify(result));
