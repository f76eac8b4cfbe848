/** The host's own cryptography, which WebAssembly calls for the algorithms that it is the faster one for. */
import { hasNodeCrypto, nodeCrypto } from "countersign-host";
import type { JsonWebKey, KeyObject } from "node:crypto";

import { OptionsError } from "./errors.js";
import type { Crypto } from "./options.js";

/**
 * The algorithms that the host is to verify. By measurement ("auto"): RS256, which OpenSSL is faster at; over
 * the curves WebAssembly with prepared keys is.
 */
export function hostAlgorithms(crypto: Crypto): string {
  if (crypto === "wasm") {
    return "";
  }
  if (!hasNodeCrypto()) {
    if (crypto === "host") {
      const message = '`crypto`: this host has no synchronous `node:crypto`; use "auto" or "wasm".';
      throw new OptionsError("options.crypto", "crypto", message);
    }
    return "";
  }
  return crypto === "host" ? "RS256 ES256 ES384" : "RS256";
}

const DIGESTS: Readonly<Record<string, string>> = { RS256: "sha256", ES256: "sha256", ES384: "sha384" };

interface HostKey {
  readonly digest: string;
  readonly key: { readonly key: KeyObject; readonly dsaEncoding: "ieee-p1363" } | KeyObject;
}

const keys = new Map<number, HostKey>();
let last = 0;

/** Called by WebAssembly: the number of the host's form of a key; 0 if it has none. */
export function hostKey(algorithm: string, jwk: string): number {
  const digest = DIGESTS[algorithm];
  if (digest === undefined) {
    return 0;
  }
  const key = nodeCrypto().createPublicKey({ key: JSON.parse(jwk) as JsonWebKey, format: "jwk" });
  last += 1;
  keys.set(last, { digest, key: algorithm === "RS256" ? key : { key, dsaEncoding: "ieee-p1363" } });
  return last;
}

/** Called by WebAssembly: whether this is the key's signature over the message. */
export function hostVerify(number: number, message: Uint8Array, signature: Uint8Array): boolean {
  const found = keys.get(number);
  return found !== undefined && nodeCrypto().verify(found.digest, message, found.key, signature);
}

/** Called by WebAssembly: the key is not used any more. */
export function forgetHostKey(number: number): void {
  keys.delete(number);
}

/** The instance that knew the numbers is gone. */
export function forgetAllHostKeys(): void {
  keys.clear();
}
