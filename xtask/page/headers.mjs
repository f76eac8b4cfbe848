// `_headers`, as Netlify and Cloudflare Pages read it: what `countersign page` answers with too.

const POLICY = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/;

/** The headers of every file. The Content-Security-Policy is the shell's own. */
export function headers(shell, fixedNames) {
  const policy = POLICY.exec(shell)?.[1];
  if (!policy) {
    throw new Error("index.html has no Content-Security-Policy");
  }
  const everywhere = {
    // A page cannot forbid by itself that others frame it: that is for a header only.
    "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
  return [
    block("/*", everywhere),
    ...["/", "/index.html", "/sw.js", "/manifest.webmanifest"].map((path) => block(path, { "Cache-Control": "no-cache" })),
    ...fixedNames.map((name) => block(`/${name}`, { "Cache-Control": "public, max-age=31536000, immutable" })),
  ].join("\n");
}

function block(path, entries) {
  return `${path}\n${Object.entries(entries).map(([name, value]) => `  ${name}: ${value}\n`).join("")}`;
}
