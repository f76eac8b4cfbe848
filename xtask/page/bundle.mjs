// The page's scripts and styles, bundled and, for a release, minified.
import { createRequire } from "node:module";
import { join } from "node:path";

// Browsers of 2024 and later: what the styles use anyway.
const TARGETS = ["chrome123", "firefox120", "safari17.5"];

/** The contents by name, as index.html names them. */
export async function bundle(root, bindings, release) {
  const esbuild = createRequire(join(root, "pkg/package.json"))("esbuild");
  const build = async (entry, options = {}) => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: "out",
      bundle: true,
      minify: release,
      target: TARGETS,
      logLevel: "warning",
      legalComments: "none",
      charset: "utf8",
      write: false,
      ...options,
    });
    return Buffer.from(outputFiles[0].contents);
  };
  return {
    "first-paint.js": await build("web/static/first-paint.js", { format: "iife" }),
    "app.js": await build("web/static/boot.js", {
      format: "esm",
      alias: { "countersign-bindings": join(bindings, "countersign-web.js") },
    }),
    "app.css": await build("web/style/main.css"),
  };
}
