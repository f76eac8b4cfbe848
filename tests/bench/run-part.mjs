// run-part.mjs PART PLAN: measures one part in a process of its own, so that none leaves its garbage to the next.
// What it prints last is JSON.
import { disturbance } from "./rounds.mjs";

const [, , part, plan] = process.argv;
const { measure } = await import(`./${part}.mjs`);
const figures = await measure(JSON.parse(plan));
console.log(JSON.stringify({ figures, disturbed: disturbance() }));
