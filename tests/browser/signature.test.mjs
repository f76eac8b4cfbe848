// Keys: fetched from the URL on the button, or pasted; nothing before.
import assert from "node:assert/strict";
import { test } from "node:test";

import { claims, makeIssuer } from "./tokens.mjs";
import { useSite } from "./visit.mjs";

const site = useSite();
const issuer = makeIssuer();
// What passes a service worker by cannot be answered by a test.
const routed = { serviceWorkers: "block" };

for (const alg of ["ES384", "RS256", "ES256"]) {
  test(`${alg} verifies with a pasted key set, a key and PEM, and not with others`, () =>
    site.visit({}, async (view) => {
      const token = issuer.token(alg);
      for (const keys of [JSON.stringify(issuer.keySet()), JSON.stringify(issuer.jwk(alg)), issuer.pem(alg)]) {
        await view.paste(token);
        await view.part("given-keys").fill(keys);
        await view.expectVerdict("signature", "Holds");
        await view.part("forget-keys").click();
        await view.expectVerdict("signature", "Not checked");
      }
      await view.part("given-keys").fill(JSON.stringify(makeIssuer().keySet()));
      await view.expectVerdict("signature", "Does not hold");
      assert.deepEqual(view.foreign(), []);
    }));
}

test("an altered token does not hold", () =>
  site.visit({}, async (view) => {
    const [header, , signature] = issuer.token("ES384").split(".");
    const other = issuer.token("ES384", claims(issuer.url, { aud: "https://other.example.com" }));
    await view.paste(`${header}.${other.split(".")[1]}.${signature}`);
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Does not hold");
  }));

test("a signature that holds says what was not checked, until there is a policy", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384"));
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
    assert.match(await view.part("verdict-signature").innerText(), /not checked against what you expect/);
    await view.part("start-role").click();
    await view.expectVerdict("policy", "Accepted");
    assert.doesNotMatch(await view.part("verdict-signature").innerText(), /not checked against/);
  }));

test("a verdict that names the issuer cannot be bent by it, and names none where there is none", () =>
  site.visit({}, async (view) => {
    const { iss, ...unnamed } = claims(issuer.url);
    const said = () => view.part("verdict-signature").innerText();
    await view.paste(issuer.token("ES384", claims("https://a.example/\u202e\nb")));
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
    assert.match(await said(), /of https:\/\/a\.example\/U\+202EU\+000Ab\./);
    await view.paste(issuer.token("ES384", unnamed));
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
    assert.match(await said(), /names no issuer/);
    assert.doesNotMatch(await said(), /by this issuer/i);
  }));

test("keys that are there are not lost to a fetch that fails", () =>
  site.visit(routed, async (view) => {
    await view.context.route(/^https:/, (route) => route.abort("failed"));
    await view.paste(issuer.token("ES384"));
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
    assert.equal(await view.part("fetch-keys").count(), 0);
    await view.part("forget-keys").click();
    assert.equal(await view.part("given-keys").inputValue(), "");
    await view.part("fetch-keys").click();
    await view.part("fetch-problem").waitFor();
    await view.expectVerdict("signature", "Not checked");
    view.forgive(/ERR_FAILED/);
  }));

test("keys that are dropped before there is a token wait for it", () =>
  site.visit({}, async (view) => {
    await view.page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, JSON.stringify(issuer.keySet()));
    await view.part("waiting-keys").waitFor();
    await view.paste(issuer.token("ES384"));
    await view.expectVerdict("signature", "Holds");
  }));

for (const alg of ["ES384", "RS256"]) {
  test(`${alg}: minted by the local issuer, verified with keys fetched over HTTP from the one URL named`, () =>
    site.visit({}, async (view) => {
      await view.part("local-issuer").click();
      await view.part("mint-principal").selectOption({ value: "ASIAEXAMPLEBATCH0001" });
      await view.part("mint-audience").fill("https://api.example.com");
      await view.part("mint-algorithm").selectOption(alg);
      await view.part("mint-submit").click();
      await view.expectVerdict("signature", "Not checked");
      assert.deepEqual(view.foreign(), [], "nothing is asked of the issuer before the button is pressed");
      const button = view.part("fetch-keys");
      const url = /http:\S+/.exec((await button.innerText()).replaceAll(/\s+/g, " "))[0];
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/[a-z0-9-]+\/\.well-known\/jwks\.json$/);
      await button.click();
      await view.expectVerdict("signature", "Holds");
      assert.deepEqual(view.foreign(), [url]);
      await view.part("start-organization").click();
      await view.expectVerdict("policy", "Accepted");
    }));
}

test("what the local issuer refuses is shown in its words", () =>
  site.visit({}, async (view) => {
    view.page.on("console", () => view.forgive(/400/));
    await view.part("local-issuer").click();
    await view.part("mint-principal").selectOption({ value: "ASIAEXAMPLEBATCH0001" });
    await view.part("mint-audience").fill("a".repeat(1001));
    await view.part("mint-submit").click();
    await view.eventually("the problem", () => view.part("mint-problem").innerText(), /ValidationError/);
  }));

test("when the network refuses, the page says so and gives the exact curl line", () =>
  site.visit({ clipboard: true, ...routed }, async (view) => {
    await view.paste(issuer.token("ES384"));
    const url = `${issuer.url}/.well-known/jwks.json`;
    await view.context.route(url, (route) => route.abort("failed"));
    await view.part("fetch-keys").click();
    await view.part("fetch-problem").waitFor();
    assert.deepEqual(view.foreign(), [url]);
    const line = await view.part("curl").first().locator("code").innerText();
    assert.ok(line.startsWith("curl ") && line.includes(`'${url}'`), line);
    await view.part("copy-curl").first().click();
    const copied = () => view.page.evaluate(() => navigator.clipboard.readText());
    await view.eventually("the clipboard", copied, line);
    view.forgive(/ERR_FAILED/);
    await view.part("given-keys").fill(JSON.stringify(issuer.keySet()));
    await view.expectVerdict("signature", "Holds");
  }));

test("answers that are no key set are told apart", () =>
  site.visit(routed, async (view) => {
    await view.paste(issuer.token("ES384"));
    const answers = [
      [{ status: 503, body: "" }, /503/],
      [{ status: 200, body: "<html>" }, /key_set/],
      [{ status: 200, body: `{"keys":[],"x":"${"a".repeat(70_000)}"}` }, /large|64/],
    ];
    for (const [answer, expected] of answers) {
      await view.context.unrouteAll();
      await view.context.route(/^https:/, (route) =>
        route.fulfill({ headers: { "access-control-allow-origin": "*" }, ...answer }),
      );
      await view.part("fetch-keys").click();
      await view.eventually("the problem", () => view.part("fetch-problem").innerText(), expected);
    }
    view.forgive(/503/);
  }));

test("only https issuers are asked, and keys in the header are never used", () =>
  site.visit({}, async (view) => {
    for (const iss of ["http://example.com", "https://example.com", "https://sts.amazonaws.com", "javascript:alert(1)", "https://a.tokens.sts.global.api.aws.example.com"]) {
      await view.paste(issuer.token("ES384", claims(iss)));
      await view.expectVerdict("signature", "Not checked");
      assert.equal(await view.part("fetch-keys").count(), 0, iss);
    }
    const header = { jku: "https://evil.example/jwks.json", jwk: issuer.jwk("ES384"), x5u: "https://evil.example/x", x5c: ["AA"] };
    await view.paste(issuer.token("ES384", claims(issuer.url), header));
    await view.part("header-key").first().waitFor();
    for (const name of ["jku", "jwk", "x5u", "x5c"]) {
      assert.match(await view.part("findings").innerText(), new RegExp(name));
    }
    await view.expectVerdict("signature", "Not checked");
    assert.deepEqual(view.foreign(), []);
  }));

test("the issuer that people mistake gets its own explanation", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384", claims("https://sts.amazonaws.com")));
    await view.eventually("the explanation", () => view.part("claims-card").innerText(), /get-outbound-web-identity-federation-info/);
  }));

test("a private key is refused in so many words", () =>
  site.visit({}, async (view) => {
    await view.paste(issuer.token("ES384"));
    await view.part("given-keys").fill(JSON.stringify({ ...issuer.jwk("ES384"), d: "AAAA" }));
    await view.eventually("the fault", () => view.part("keys-fault").innerText(), /private/i);
    await view.expectVerdict("signature", "Not checked");
  }));
