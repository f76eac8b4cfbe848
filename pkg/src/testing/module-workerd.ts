// Workers may not compile octets while they run: what they import of this ending is compiled.
import module from "../testing.wasm";

import { imported } from "../compiling.js";

export function loadModule(): WebAssembly.Module {
  return imported(module);
}
