/** What `wasm-bindgen` makes of `crates/wasm-command-line`, declared by hand. */
declare module "countersign-command-line-bindings" {
  export function initSync(source: { module: WebAssembly.Module }): unknown;

  /** The names of the environment variables that matter, as a JSON array. */
  export function environmentVariables(): string;

  /** What is told of an issuer's state that could not be saved for this reason: a `SystemError` as JSON. */
  export function unsavedState(reason: string): string;

  export class Program {
    /** Both are JSON: an array of arguments without the program's name, and `Surroundings`. */
    constructor(args: string, surroundings: string);
    /** The next `Request`, as JSON. The time is in seconds since the epoch. */
    step(now: number): string;
    /** What came of it: an `Answer` to that request as JSON, and the octets that were read. */
    reply(answer: string, octets: Uint8Array): void;
  }
}
