import { compiled, isModule } from "./compiling.js";
import { ModuleError } from "./errors.js";

declare global {
  // Declared by the DOM's types, Node's and Workers', with which this merges; callers may have none.
  namespace WebAssembly {
    interface Module {}
  }
}

/**
 * Gives the WebAssembly module, `countersign/core.wasm` of this very version, compiled or as its octets. To be
 * called before the first verifier is made. Once the module is in use it stays: later calls change nothing.
 *
 * @throws {ModuleError} `module.unusable` when it is neither.
 */
export function provideModule(module: WebAssembly.Module | Uint8Array | ArrayBuffer): void {
  const value: unknown = module;
  if (isModule(value)) {
    given = () => value as WebAssembly.Module;
  } else if (value instanceof ArrayBuffer || value instanceof Uint8Array) {
    given = () => compiled(value as BufferSource);
  } else {
    throw new ModuleError("module.unusable", new TypeError(`a value of type ${typeof value} was given`));
  }
}

let given: (() => WebAssembly.Module) | undefined;

export function loadModule(): WebAssembly.Module {
  if (given === undefined) {
    throw new ModuleError("module.not_given");
  }
  return given();
}
