// What the package does with WebAssembly, seen from outside. To be imported before the package is.
const { Instance, Module } = WebAssembly;
const modules = [];
const memories = [];

WebAssembly.Module = class extends Module {
  constructor(bytes) {
    super(bytes);
    modules.push(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength).slice());
  }
};
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memories.push(this.exports.memory);
  }
};

/** The bytes of the one module that was compiled so far. */
export function module() {
  return only(modules);
}

/** The size in bytes of the one linear memory that there is so far. */
export function linearMemory() {
  return only(memories).buffer.byteLength;
}

function only(seen) {
  if (seen.length !== 1) {
    throw new Error(`${seen.length} were seen, and not one`);
  }
  return seen[0];
}
