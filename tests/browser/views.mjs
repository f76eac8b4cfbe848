// The page's views, each reached as a person reaches it.
import { claims, encode, makeIssuer } from "./tokens.mjs";

const issuer = makeIssuer();
const broken = `${issuer.token("ES384").split(".")[0]}.${encode('{"exp":1,"exp":2')}.AAB`;

/** By name. */
export const VIEWS = {
  "empty": async () => {},
  "accepted": (view) => view.sample("role"),
  "refused": (view) => view.sample("forged"),
  "expired": (view) => view.sample("expired"),
  "ec2": (view) => view.sample("ec2"),
  "broken": (view) => view.paste(broken),
  "no-policy": (view) => view.paste(issuer.token("RS256")),
  "faulty-policy": async (view) => {
    await view.sample("identity-center");
    await view.part("policy-text").fill('{ "audience": 1, "trust": [{ "isuer": "x" }] }');
    await view.part("policy-fault").first().waitFor();
  },
  "samples-open": async (view) => {
    await view.part("samples").click();
    await view.part("sample-role").waitFor();
  },
  "mint-open": async (view) => {
    await view.part("local-issuer").click();
    await view.part("mint-submit").waitFor();
  },
  "compare": async (view) => {
    await view.paste(issuer.token("ES384"));
    await view.part("compare").click();
    await view.part("other").fill(issuer.token("ES384", claims(issuer.url, { aud: ["a", "b"] })));
    await view.part("compare-summary").waitFor();
  },
  "share": async (view) => {
    await view.sample("role");
    await view.part("share").click();
    await view.part("redacted").waitFor();
  },
};
