// For everybody: WCAG 2.2 AA, keyboard, both languages, both themes, narrow and wide, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";

import { VIEWS } from "./views.mjs";
import { useSite } from "./visit.mjs";

const site = useSite();
for (const locale of ["en-US", "ja-JP"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe-core finds nothing, and nothing is cut off: ${locale}, ${colorScheme}`, async () => {
      for (const [name, reach] of Object.entries(VIEWS)) {
        await site.visit({ locale, colorScheme }, async (view) => {
          await reach(view);
          await view.page.waitForTimeout(100);
          assert.deepEqual(await view.accessibilityFaults(), [], name);
          await view.fitsTheWidth();
          await view.page.setViewportSize({ width: 360, height: 780 });
          await view.fitsTheWidth();
          assert.deepEqual(await view.accessibilityFaults(), [], `${name}, narrow`);
        });
      }
    });
  }
}

test("the Japanese page speaks Japanese: no English sentence outside code and data", async () => {
  for (const [name, reach] of Object.entries(VIEWS)) {
    await site.visit({ locale: "ja-JP" }, async (view) => {
      assert.equal(await view.page.evaluate(() => document.documentElement.lang), "ja");
      await reach(view);
      await view.page.waitForTimeout(100);
      const english = await view.page.evaluate(() => {
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          if (element.closest("code, pre, textarea, noscript, script, [translate=no], [lang=en], .data")) continue;
          // Names such as "IAM Identity Center" are two or three capitalized words; a sentence has lower case.
          if (/\b[a-z]+(?:[ ,]+[a-z]+){2,}/.test(walker.currentNode.data)) found.push(walker.currentNode.data.trim());
        }
        for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
          if (element.closest("[translate=no]")) continue;
          for (const name of ["aria-label", "title", "placeholder", "alt"]) {
            const text = element.getAttribute(name) ?? "";
            if (/\b[a-z]+(?:[ ,]+[a-z]+){2,}/.test(text)) found.push(`${name}: ${text}`);
          }
        }
        return found;
      });
      assert.deepEqual(english, [], name);
    });
  }
});

test("language and theme are kept over visits, and the system's hold before", () =>
  site.visit({ locale: "ja-JP", colorScheme: "dark" }, async (view) => {
    const background = () => view.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await background();
    await view.part("theme").selectOption("light");
    assert.notEqual(await background(), dark);
    await view.part("language").selectOption("en");
    await view.page.reload();
    await view.part("token").waitFor();
    assert.equal(await view.page.evaluate(() => document.documentElement.lang), "en");
    assert.notEqual(await background(), dark);
    await view.part("theme").selectOption("system");
    assert.equal(await background(), dark);
  }));

test("everything is reached by keyboard, and the focus is seen", () =>
  site.visit({}, async (view) => {
    await view.sample("role");
    const expected = new Set(["language", "theme", "samples", "compare", "share", "clear", "token", "given-keys", "start-role", "start-account", "start-organization", "policy-text"]);
    await view.page.evaluate(() => (document.activeElement.blur(), window.scrollTo(0, 0)));
    for (let step = 0; step < 160 && expected.size > 0; step += 1) {
      await view.page.keyboard.press("Tab");
      // Past the last element the focus leaves the page, and comes back to the first.
      if (await view.page.evaluate(() => document.activeElement === document.body)) continue;
      const focused = await view.page.evaluate(() => {
        // Around the element, or around the box that it fills.
        const seen = [document.activeElement, document.activeElement.closest(".editor")].some((element) => {
          if (!element) return false;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
        });
        return { id: document.activeElement.dataset.testid, seen, tag: document.activeElement.outerHTML.slice(0, 120) };
      });
      assert.ok(focused.seen, `no focus is seen on ${focused.tag}`);
      expected.delete(focused.id);
    }
    assert.deepEqual([...expected], []);
  }));

test("verdicts are announced, and a countdown is not", () =>
  site.visit({}, async (view) => {
    const region = view.part("verdict-summary");
    assert.equal(await region.getAttribute("role"), "status");
    await view.sample("role");
    await view.eventually("the announcement", () => region.innerText(), "Signature: Holds; Time: Valid; Policy: Accepted");
    const said = await region.innerText();
    await view.page.waitForTimeout(2_200);
    assert.equal(await region.innerText(), said);
  }));

test("on paper there is the token's report, without buttons", () =>
  site.visit({}, async (view) => {
    await view.sample("role");
    await view.page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await view.part("clear").isVisible(), false);
    assert.equal(await view.part("claims-card").isVisible(), true);
    const ink = await view.page.evaluate(() => getComputedStyle(document.body).color);
    assert.ok(Number(/\d+/.exec(ink)[0]) < 90, `dark ink on white paper, not ${ink}`);
    const pdf = await view.page.pdf({ format: "A4" });
    assert.ok(pdf.length > 10_000);
  }));
