#!/usr/bin/env node
/** `npx countersign`: the command line, which is WebAssembly, in Node. */
import { run } from "./run.js";

run().then(
  (code) => {
    // Everything has been written: what is still open is of no interest.
    process.exit(code);
  },
  (error: unknown) => {
    // Never an exit code that means a verdict; the native program ends with this one after a panic.
    console.error(error);
    process.exit(101);
  },
);
