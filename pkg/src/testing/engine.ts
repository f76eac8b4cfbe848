/** The one place that starts the issuer's WebAssembly. Faults are thrown as JSON text. */
import * as bindings from "countersign-issuer-bindings";
import { loadModule } from "countersign-module";

import { InternalError } from "../errors.js";
import { IssuerConfigError } from "./errors.js";
import type { IssuerConfigFault } from "./errors.js";

let started = false;

/** Calls into WebAssembly. A fault that Rust reports becomes an `IssuerConfigError`; anything else is a trap. */
export function call<T>(work: (wasm: typeof bindings) => T): T {
  if (!started) {
    bindings.initSync({ module: loadModule() });
    started = true;
  }
  try {
    return work(bindings);
  } catch (error) {
    if (typeof error === "string") {
      throw new IssuerConfigError((JSON.parse(error) as { faults: IssuerConfigFault[] }).faults);
    }
    throw new InternalError(error);
  }
}
