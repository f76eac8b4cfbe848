// As ./module-workerd.ts, in the spelling of Vercel and Next.js.
import module from "../core.wasm?module";

import { imported } from "./compiling.js";

export function loadModule(): WebAssembly.Module {
  return imported(module);
}
