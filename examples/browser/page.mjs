/** Says of a pasted token whether the service would take it, check by check. It is verified here, in the browser. */
import { createVerifier } from "countersign";

import { policy } from "./policy.mjs";

const verifier = createVerifier(policy);
const form = document.querySelector("form");
const verdict = document.querySelector("#verdict");
const checks = document.querySelector("#checks");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = new FormData(form).get("token").trim();
  verdict.textContent = "…";
  checks.replaceChildren();
  // It fetches the issuer's keys, if the policy trusts the issuer; nothing else leaves the page.
  const { accepted, rule, rejection, checks: made } = await verifier.explain(token);
  verdict.dataset.code = accepted ? "accepted" : rejection.code;
  verdict.textContent = accepted
    ? `It would be taken, by the rule “${rule}”.`
    : `It would be refused: ${rejection.code}. ${rejection.message} ${rejection.remedy}`;
  checks.replaceChildren(...made.map(itemOf));
});

/** All text is set as text: some of it comes from a stranger's token. */
function itemOf({ question, outcome, found }) {
  const item = document.createElement("li");
  item.dataset.outcome = outcome;
  item.textContent = `${question} ${outcome}${found === undefined ? "" : `: ${found}`}`;
  return item;
}
