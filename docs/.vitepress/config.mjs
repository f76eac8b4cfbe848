// The documentation's site: VitePress, without fonts, trackers or anything else from elsewhere.
import { copyFileSync } from "node:fs";
import { join } from "node:path";

import { defineConfig } from "vitepress";

import { keepLinks } from "./links.mjs";
import { english, japanese } from "./navigation.mjs";

const base = process.env.COUNTERSIGN_DOCS_BASE ?? "/";

export default defineConfig({
  title: "Countersign",
  description: "Verifies the JSON Web Tokens that AWS issues to workloads, and says why a token was refused",
  // Where it is hosted under a path, such as /docs/.
  base,
  outDir: process.env.COUNTERSIGN_DOCS_OUT,
  srcExclude: ["package.json", "node_modules/**"],
  lastUpdated: false,
  // Dead links between pages fail the build; anchors and files are checked by tests/docs/links.test.mjs.
  ignoreDeadLinks: false,
  head: [["link", { rel: "icon", href: `${base}icon.svg`, type: "image/svg+xml" }]],
  markdown: {
    config: keepLinks,
    linkify: false,
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    // Headings of codes keep their dots and underscores, so that `error-codes#audience.mismatch` is a code's address.
    anchor: { slugify: slug },
    toc: { slugify: slug },
  },
  buildEnd({ srcDir, outDir }) {
    // The figures behind a page, which it links to.
    copyFileSync(join(srcDir, "speed.json"), join(outDir, "speed.json"));
  },
  themeConfig: {
    // Most pages are in English only: the menu of languages leads to where each begins.
    i18nRouting: false,
    logo: "/icon.svg",
    search: { provider: "local", options: { locales: { ja: { translations: japanese.search } } } },
    outline: { level: [2, 3] },
  },
  locales: {
    root: { label: "English", lang: "en", themeConfig: english },
    ja: { label: "日本語", lang: "ja", themeConfig: japanese.theme },
  },
});

function slug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s._-]/gu, "")
    .replace(/\s+/g, "-");
}
