// The menu of samples, by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";

import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });

test("the samples' menu is worked by keyboard", () =>
  site.visit({}, async (view) => {
    const press = (key) => view.page.keyboard.press(key);
    const focused = () => view.page.evaluate(() => document.activeElement.dataset.testid);
    const isOn = (id) => view.eventually("the focus", focused, id);
    await view.part("samples").focus();
    await press("ArrowDown");
    await isOn("sample-role");
    await press("ArrowUp");
    await isOn("sample-cut-off");
    await press("Home");
    await press("ArrowDown");
    await isOn("sample-role-rs256");
    await press("Escape");
    await isOn("samples");
    assert.equal(await view.part("sample-role").count(), 0);
    await press("Enter");
    await isOn("sample-role");
    await press("Enter");
    await view.expectVerdict("signature", "Holds");
    await isOn("samples");
    await press("Enter");
    await isOn("sample-role");
    await press("Tab");
    await view.part("sample-role").waitFor({ state: "detached" });
  }));
