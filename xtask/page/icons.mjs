// Draws the icons that have to be pixels from web/static/icon.svg.
import { readFileSync, writeFileSync } from "node:fs";

import { launch } from "../../tests/browser/browser.mjs";

const folder = new URL("../../web/static/", import.meta.url);
const drawing = readFileSync(new URL("icon.svg", folder), "utf8");
const PAPER = "#f6f5f1";
const ICONS = [
  { name: "icon-192.png", size: 192, share: 1, paper: "transparent" },
  { name: "icon-512.png", size: 512, share: 1, paper: "transparent" },
  // Systems cut this one to their own form: the outer fifth may be lost.
  { name: "icon-maskable-512.png", size: 512, share: 0.6, paper: PAPER },
];

const browser = await launch();
try {
  for (const { name, size, share, paper } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>
      body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${paper} }
      svg { width: ${size * share}px; height: ${size * share}px }
    </style>${drawing}`);
    writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
