import { ModuleError } from "../errors.js";

/** The file is not there: a bundler took the code along without it. */
export function missing(cause: unknown): ModuleError {
  return new ModuleError(
    "module.missing",
    cause,
    "The file testing.wasm is not where the package has it. Leave `countersign/testing` out of the bundle.",
  );
}
