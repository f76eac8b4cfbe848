import { ModuleError } from "./errors.js";

/** Compiles the module. At the first use, not at import: who never verifies pays nothing. */
export function compiled(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw new ModuleError("module.refused", error);
  }
}

/** The module that an import gave, which is compiled already. */
export function imported(module: unknown): WebAssembly.Module {
  if (!isModule(module)) {
    throw new ModuleError("module.unusable", new TypeError(`importing core.wasm gave a value of type ${typeof module}`));
  }
  return module as WebAssembly.Module;
}

/** Whether this is a module that is compiled already. */
export function isModule(given: unknown): boolean {
  // Not `instanceof`: it may come from another realm.
  return Object.prototype.toString.call(given) === "[object WebAssembly.Module]";
}
