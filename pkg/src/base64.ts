/** The octets of a base64 text, by the quickest that the host has: every one has the last. */
export function decoded(text: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as unknown as Base64;
  if (fromBase64 !== undefined) {
    return fromBase64.call(Uint8Array, text);
  }
  // By this name no bundler puts its own in for browsers.
  const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } };
  return Buffer?.from(text, "base64") ?? Uint8Array.from(atob(text), (octet) => octet.charCodeAt(0));
}

interface Base64 {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}
