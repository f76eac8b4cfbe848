import { hasNodeCrypto, nodeCrypto } from "countersign-host";

/** Called by WebAssembly, which takes seconds for what OpenSSL makes in a tenth of one. PKCS#8 in DER. */
export function makeRsaKey(): Uint8Array | undefined {
  if (!hasNodeCrypto()) {
    return undefined;
  }
  const { privateKey } = nodeCrypto().generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { format: "der", type: "pkcs8" },
    publicKeyEncoding: { format: "der", type: "spki" },
  });
  return new Uint8Array(privateKey);
}
