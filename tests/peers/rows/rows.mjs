// The lines of the table. Each runs with one contender, and says what it did.
import { COLD_START, FETCHING, PRICE } from "./fetching.mjs";
import { HOSTILE_TOKENS } from "./hostile-tokens.mjs";
import { LIFECYCLE } from "./lifecycle.mjs";

export const ROWS = [...HOSTILE_TOKENS, ...FETCHING, ...LIFECYCLE, COLD_START];

/** Figures without a contest. */
export { PRICE };
