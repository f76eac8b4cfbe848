// Pictures of every view for a person to look at, and the one in README. `cargo xtask screenshots` runs this.
import { fileURLToPath } from "node:url";

import { VIEWS } from "./views.mjs";
import { openSite } from "./visit.mjs";

const README = fileURLToPath(new URL("../../web/screenshot.png", import.meta.url));
const WIDTHS = { wide: { width: 1280, height: 900 }, phone: { width: 360, height: 780 } };

const site = await openSite();
try {
  // What the page is for, in one look: a genuine token that a policy refuses.
  await site.visit({ viewport: { width: 1280, height: 1450 } }, async (view) => {
    await view.sample("wrong-audience");
    await view.expectVerdict("policy", "Refused");
    await view.page.evaluate(() => document.activeElement.blur());
    await view.page.screenshot({ path: README });
  });
  for (const [name, reach] of Object.entries(VIEWS)) {
    for (const locale of ["en-US", "ja-JP"]) {
      for (const colorScheme of ["light", "dark"]) {
        for (const [width, viewport] of Object.entries(WIDTHS)) {
          await site.visit({ locale, colorScheme, viewport }, async (view) => {
            await reach(view);
            await view.picture(`${name}-${locale.slice(0, 2)}-${colorScheme}-${width}`);
          });
        }
      }
    }
  }
} finally {
  await site.close();
}
