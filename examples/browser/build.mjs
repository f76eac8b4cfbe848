/** Writes the page into `dist`: static files for any host. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { build } from "esbuild";

const { AUDIENCE = "https://api.example.com", ORGANIZATION, DANGER_LOOPBACK_ISSUERS } = process.env;
if (!ORGANIZATION) throw new Error("Set ORGANIZATION: the AWS organization whose accounts may call, such as o-abc1234567.");

/** Scripts and styles of its own only, WebAssembly, and requests to issuers only: no token can be sent anywhere else. */
const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src data:",
  ["connect-src https://*.tokens.sts.global.api.aws", ...(DANGER_LOOPBACK_ISSUERS?.split(",") ?? [])].join(" "),
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What a page cannot say for itself is said by its host. */
export const HEADERS = {
  "content-security-policy": `${CSP}; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const at = (path) => new URL(path, import.meta.url);
mkdirSync(at("dist/"), { recursive: true });
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["page.mjs"],
  outfile: "dist/page.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  define: { SETTINGS: JSON.stringify({ AUDIENCE, ORGANIZATION, DANGER_LOOPBACK_ISSUERS }) },
});
writeFileSync(at("dist/index.html"), readFileSync(at("index.html"), "utf8").replace("%CSP%", CSP));
cpSync(at("style.css"), at("dist/style.css"));
// As Netlify and Cloudflare Pages read them.
writeFileSync(at("dist/_headers"), `/*\n${Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}\n`).join("")}`);
