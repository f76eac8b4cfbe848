// A bundle run by a browser's means alone.
import { runInNewContext } from "node:vm";

/** What a page has of all that is global, without `Buffer` and `process`; without `atob` there is the newer way. */
export function inBrowser(code, atob) {
  return new Promise((resolve, reject) => {
    const { TextEncoder, TextDecoder, URL, AbortController, performance, setTimeout, clearTimeout } = globalThis;
    const context = { TextEncoder, TextDecoder, URL, AbortController, performance, setTimeout, clearTimeout, atob };
    // The engine's own classes are the context's: octets must be of one realm with what reads them.
    Object.assign(context, { WebAssembly, Uint8Array: Octets(atob), done: (them) => resolve([...them]), console: { log: reject } });
    context.globalThis = context;
    runInNewContext(code, context);
  });
}

function Octets(atob) {
  class WithoutBase64 extends Uint8Array {}
  WithoutBase64.fromBase64 = atob === undefined ? (text) => new Uint8Array(Buffer.from(text, "base64")) : undefined;
  return WithoutBase64;
}
