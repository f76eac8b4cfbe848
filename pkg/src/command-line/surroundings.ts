/** What surrounds a run: terminals and environment variables. */
import { WriteStream, isatty } from "node:tty";

import type { Surroundings } from "./requests.js";

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

/** The surroundings, with those of the named environment variables that are set. */
export function surroundings(names: readonly string[]): Surroundings {
  const set = names.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return {
    stdin: isatty(STDIN),
    stdout: isatty(STDOUT),
    stderr: isatty(STDERR),
    columns: columns(),
    variables: Object.fromEntries(set) as Record<string, string>,
  };
}

/** How wide the terminal is, whichever stream leads to one; the native program asks in the same order. */
function columns(): number | null {
  const terminal = [STDOUT, STDERR, STDIN].find((descriptor) => isatty(descriptor));
  switch (terminal) {
    case undefined:
      return null;
    case STDOUT:
      return process.stdout.columns;
    case STDERR:
      return process.stderr.columns;
    default:
      return new WriteStream(terminal).columns;
  }
}
