// What servers hand out in place of a file when the browser takes it compressed.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const COMPRESSIBLE = /\.(html|js|css|wasm|svg|webmanifest)$/;

/** The files, and beside each that shrinks its `.gz` and `.br`. */
export function compressed(files) {
  const all = new Map(files);
  for (const [name, content] of files) {
    if (COMPRESSIBLE.test(name)) {
      all.set(`${name}.gz`, gzipSync(content, { level: 9 }));
      all.set(`${name}.br`, brotli(content));
    }
  }
  return all;
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      // The largest window that browsers take.
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}
