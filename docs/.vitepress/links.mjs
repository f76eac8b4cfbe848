// Pages link to each other and to the repository's files by relative paths, which work wherever Markdown is shown.
// Here they become addresses of the site.
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const DOCS = resolve(import.meta.dirname, "..");
const ROOT = resolve(DOCS, "..");

// Files outside of docs/ that are pages here too: each is included by a page.
const INCLUDED = {
  "SECURITY.md": "/project/security",
  "DESIGN.md": "/project/design",
  "CONTRIBUTING.md": "/project/contributing",
  "CHANGELOG.md": "/project/changes",
};

/** A plugin of markdown-it. */
export function keepLinks(markdown) {
  markdown.core.ruler.push("countersign_links", (state) => {
    // A page that includes another file says so, since relative paths are that file's.
    const { path, frontmatter } = state.env;
    const source = frontmatter?.source === undefined ? path : join(ROOT, frontmatter.source);
    for (const token of state.tokens) {
      for (const child of token.children ?? []) {
        if (child.type !== "link_open") continue;
        child.attrSet("href", address(child.attrGet("href"), source));
      }
    }
  });
}

/** Where a link of a file leads to on the site. A link to a file that is not on the site is a fault. */
function address(href, source) {
  if (/^(https?:|mailto:|#|\/)/.test(href)) return href;
  const [, path, anchor] = /^([^#]*)(#.*)?$/.exec(href);
  const target = resolve(dirname(source), decodeURI(path));
  if (!existsSync(target)) throw new Error(`${source} links to ${href}, which does not exist`);
  const included = INCLUDED[relative(ROOT, target)];
  if (included !== undefined) return included + (anchor ?? "");
  const place = relative(DOCS, target);
  if (place.startsWith("..")) throw new Error(`${source} links to ${href}, which is not on the site: name it instead`);
  if (place.endsWith(".md")) return `/${place.slice(0, -3)}${anchor ?? ""}`;
  return `/${place}`;
}
