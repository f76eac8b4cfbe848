// What people paste, drop and hand over in the address.
import assert from "node:assert/strict";
import { test } from "node:test";

import { claims, encode, makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite({ issuer: false });
const issuer = makeIssuer();
const token = issuer.token("ES384");

test("a pasted token is shown with three verdicts and its claims", () =>
  site.visit({}, async (view) => {
    await view.paste(token);
    await view.expectVerdict("signature", "Not checked");
    await view.expectVerdict("time", "Valid");
    await view.expectVerdict("policy", "No policy");
    const card = await view.part("claims-card").innerText();
    for (const text of ["arn:aws:iam::111122223333:role/billing/Batch", "111122223333", issuer.url.slice(8, 44)]) {
      assert.ok(card.includes(text), text);
    }
    assert.match(await view.part("verdict-summary").innerText(), /Signature: Not checked/);
  }));

test("what stands around a token is taken off, and said", () =>
  site.visit({}, async (view) => {
    const wrapped = {
      "Bearer": `Bearer ${token}`,
      "Authorization": `Authorization: Bearer ${token}`,
      "quotes": `"${token}"`,
      "shell": `export TOKEN='${token}'`,
      "line breaks": `${token.slice(0, 70)}\n${token.slice(70)}`,
      "JSON": JSON.stringify({ WebIdentityToken: token, Expiration: "2026-04-21T07:37:10Z" }),
      "XML": `<GetWebIdentityTokenResult><WebIdentityToken>${token}</WebIdentityToken></GetWebIdentityTokenResult>`,
    };
    for (const [word, text] of Object.entries(wrapped)) {
      await view.paste(text);
      await view.expectVerdict("time", "Valid");
      const said = await view.part("peeled").innerText();
      assert.ok(said.toLowerCase().includes(word.toLowerCase()), `${word}: ${said}`);
      const shown = await view.part("token-text").innerText();
      assert.equal(shown.replaceAll(/\s/g, ""), token, word);
    }
    await view.paste(token);
    assert.equal((await view.part("peeled").innerText()).trim(), "");
  }));

test("a token in the fragment is read, and taken out of the address at once", () =>
  site.visit({ fragment: `#token=${token}` }, async (view) => {
    await view.expectVerdict("time", "Valid");
    assert.equal(view.page.url(), `${site.page.url}/`);
    const other = issuer.token("RS256");
    await view.page.evaluate((text) => (location.hash = `#token=${text}`), other);
    await view.eventually("the field", () => view.part("token").inputValue(), other);
    assert.equal(view.page.url(), `${site.page.url}/`);
    assert.equal(await view.page.evaluate(() => history.length <= 3 && !JSON.stringify(history.state).includes("eyJ")), true);
  }));

test("a file that is dropped is read: a token, or keys", () =>
  site.visit({}, async (view) => {
    const drop = (text) =>
      view.page.evaluate((content) => {
        const data = new DataTransfer();
        data.items.add(new File([content], "dropped.txt", { type: "text/plain" }));
        document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      }, text);
    await drop(`${token}\n`);
    await view.expectVerdict("signature", "Not checked");
    await drop(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
  }));

test("broken tokens are decoded as far as they go, with each fault at its place", () =>
  site.visit({}, async (view) => {
    const [header, payload, signature] = token.split(".");
    const cut = payload.slice(0, 120);
    const broken = {
      "cut off in the payload": [`${header}.${cut}`, "token.segments"],
      "padding": [`${header}=.${payload}.${signature}`, "token.base64url"],
      "a character that is not base64url": [`${header}.${payload.slice(0, 40)}!${payload.slice(41)}.${signature}`, "token.base64url"],
      "a non-canonical ending": [`${encode("{}")}.${encode("{}")}.AB`, "token.non_canonical"],
      "a duplicate member": [`${header}.${encode('{"exp":1,"exp":2}')}.${signature}`, "token.duplicate_member"],
      "no JSON": [`${header}.${encode('{"exp":1,')}.${signature}`, "token.json"],
      "invalid UTF-8": [`${header}.${encode(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))}.${signature}`, "token.utf8"],
    };
    for (const [what, [text, code]] of Object.entries(broken)) {
      await view.paste(text);
      await view.eventually(what, () => view.part("findings").innerText(), new RegExp(code.replace(".", "\\.")));
      assert.ok((await view.page.locator("[data-testid=token-text] mark").count()) > 0, `${what}: no place is marked`);
      await view.expectVerdict("signature", "Cannot be checked");
    }
    await view.paste(`${header}.${cut}`);
    assert.match(await view.part("decoded-payload").innerText(), /api\.example\.com/, "what can be decoded is");
  }));

test("header and payload are shown byte for byte", () =>
  site.visit({}, async (view) => {
    const payload = String.raw`{"z":1.10e2,"a":12345678901234567890123,"s":"\u00e9\/","z2":-0,"o":{"k":[1,  2]}}`;
    await view.paste(issuer.token("ES384", payload));
    await view.page.getByRole("button", { name: "As sent" }).click();
    const shown = await view.part("decoded-payload").locator("pre, code").first().innerText();
    assert.equal(shown.trim(), payload);
  }));

test("clearing leaves nothing", () =>
  site.visit({}, async (view) => {
    await view.paste(token);
    await view.part("clear").click();
    await view.part("welcome").waitFor();
    assert.equal(await view.part("token").inputValue(), "");
    assert.ok(!(await view.page.content()).includes(token.slice(20, 60)));
  }));

test("milliseconds, a session that ends first, and accounts that differ are pointed out", () =>
  site.visit({}, async (view) => {
    const at = Date.now();
    await view.paste(issuer.token("ES384", claims(issuer.url, { exp: at + 300_000 })));
    await view.part("milliseconds").first().waitFor();
    const ended = new Date(at + 60_000).toISOString();
    await view.paste(issuer.token("ES384", claims(issuer.url, {}, { original_session_exp: ended })));
    await view.part("outlives-session").waitFor();
    await view.paste(issuer.token("ES384", claims(issuer.url, {}, { aws_account: "999988887777" })));
    await view.eventually("findings", () => view.part("findings").innerText(), /account/);
  }));
