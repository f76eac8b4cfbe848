// What contenders are called in the figures.
export const PEERS = ["aws-jwt-verify", "fast-jwt", "jose", "jsonwebtoken"];
export const OURS_IN_WASM = "countersign in wasm";
/** The host's own function over what was signed, with a key that was read before: no JWT at all. */
export const BARE = "crypto.verify alone";
/** The crate rsa, compiled as the package's module is, over what was signed. */
export const RSA_CRATE = "the crate rsa in wasm, alone";
