/** The one place that calls WebAssembly. Everything comes back as JSON text or as thrown JSON text. */
import * as bindings from "countersign-bindings";
// The bundler puts here where an entry has the module from: ./module-….ts.
import { loadModule } from "countersign-module";

import { forgetAllHostKeys } from "./cryptography.js";
import { InternalError, ModuleError } from "./errors.js";

let started = false;
let unusable: ModuleError | undefined;
let generation = 0;

/** A fault that Rust reported, parsed. */
export class Fault {
  readonly detail: unknown;

  constructor(detail: unknown) {
    this.detail = detail;
  }
}

/** How many instances of the module have been given up: objects of an earlier one are of no use. */
export function currentGeneration(): number {
  return generation;
}

/**
 * Calls into WebAssembly. A fault that Rust reports is thrown as `Fault`. Anything else is a trap and
 * leaves the instance in an unknown state, so that it must not serve another call.
 */
export function call<T>(work: (wasm: typeof bindings) => T): T {
  start();
  try {
    return work(bindings);
  } catch (error) {
    if (typeof error === "string") {
      throw new Fault(JSON.parse(error));
    }
    generation += 1;
    bindings.__wbg_reset_state();
    forgetAllHostKeys();
    throw new InternalError(error);
  }
}

/**
 * As much of a text as may cross: linear memory never shrinks, so one huge text would be paid for until
 * the process ends. What is cut is far too large for a token already, and refused as a text of this size.
 */
export function bounded(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}

/** A token's octets, which must be used before the next are asked for: the memory is the same. */
export function utf8(token: string): Uint8Array {
  const text = bounded(token);
  if (text.length * MOST_OCTETS > scratch.length) {
    // Once and for all: were each huge text given memory of its own, it would pile up until it is collected.
    scratch = new Uint8Array(MAX_TEXT * MOST_OCTETS);
  }
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

const encoder = new TextEncoder();
/** Of one UTF-16 unit, in UTF-8. */
const MOST_OCTETS = 3;
let scratch = new Uint8Array(24 * 1024);

const MAX_TEXT = 4 * 1024 * 1024;

function start(): void {
  if (!started) {
    if (unusable !== undefined) {
      throw unusable;
    }
    instantiate(loadModule());
    started = true;
  }
}

function instantiate(module: WebAssembly.Module): void {
  const theirs: object | null = Object.getPrototypeOf(module);
  // The bindings would compile what is no `instanceof` this realm's class, and edge functions may have modules
  // that were compiled in another one.
  Object.setPrototypeOf(module, WebAssembly.Module.prototype);
  try {
    bindings.initSync({ module });
  } catch (error) {
    // It is another one: the bindings cannot be had out of it, now or later.
    unusable = error instanceof RangeError ? undefined : new ModuleError("module.unusable", error);
    throw unusable ?? error;
  } finally {
    Object.setPrototypeOf(module, theirs);
  }
}
