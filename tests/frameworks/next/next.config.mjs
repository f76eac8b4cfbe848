import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The packages are those of the folder above. */
export default { turbopack: { root }, outputFileTracingRoot: root };
