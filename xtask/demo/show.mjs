// show.mjs: mints tokens with the AWS CLI at a local issuer and has them judged twice: by the native
// command line, and by the packed npm package in this process. Fails unless every token is judged as
// expected and both say the same.
//
// Needs COUNTERSIGN_CLI, AWS_CLI and COUNTERSIGN_ISSUER_URL, COUNTERSIGN_TARBALL_DIR (where the packed
// package is installed) and COUNTERSIGN_DEMO_DIR (an empty folder).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { COUNTERSIGN_CLI, AWS_CLI, COUNTERSIGN_ISSUER_URL, COUNTERSIGN_TARBALL_DIR, COUNTERSIGN_DEMO_DIR } =
  process.env;
const { createVerifier, VerificationError } = createRequire(join(COUNTERSIGN_TARBALL_DIR, "package.json"))(
  "countersign",
);

const AUDIENCE = "https://api.example.com";
const BATCH = "ASIAEXAMPLEBATCH0001";
const STRANGER = "ASIAEXAMPLESTRANGER1";
const policyFile = join(COUNTERSIGN_DEMO_DIR, "policy.json");
const policy = {
  audience: AUDIENCE,
  trust: [{ name: "our organization", organization: "o-abc1234567" }],
  dangerLoopbackIssuers: [COUNTERSIGN_ISSUER_URL],
};
writeFileSync(policyFile, `${JSON.stringify(policy, null, 2)}\n`);

const colored = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text) => (colored ? `\u001b[1m${text}\u001b[0m` : text);
const faint = (text) => (colored ? `\u001b[2m${text}\u001b[0m` : text);

heading("The policy of a service: our organization may call it");
console.log(indented(JSON.stringify(policy, null, 2)));

heading("A workload asks AWS STS for a token: the real AWS CLI, at the local issuer");
const good = mint({ as: BATCH, audience: AUDIENCE, show: true });
// For the address of the page.
writeFileSync(join(COUNTERSIGN_DEMO_DIR, "good.jwt"), `${good}\n`, { mode: 0o600 });

await judge("A good token", good, { expected: "accepted" });
await judge("The same token with another principal written into it", forged(good), {
  expected: "signature.invalid",
});
await judge("A genuine token that was issued for another service", mint({ as: BATCH, audience: "https://other.example.com" }), {
  expected: "audience.mismatch",
});
await judge("A genuine token of a stranger, outside our organization", mint({ as: STRANGER, audience: AUDIENCE }), {
  expected: "trust.organization",
});
await judge("The good token, an hour later", good, { expected: "time.expired", later: 3600 });
console.log(`\n${bold("Every token was judged as expected, by the command line and in Node alike.")}`);

function heading(text) {
  console.log(`\n${bold(`━━ ${text}`)}\n`);
}

function mint({ as, audience, show = false }) {
  // As a JSON list: version 1 of the AWS CLI fetches a plain value that looks like a URL.
  const audiences = JSON.stringify([audience]);
  const args = ["sts", "get-web-identity-token", "--audience", audiences, "--signing-algorithm", "ES384"];
  const answer = run(AWS_CLI, args, {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: COUNTERSIGN_ISSUER_URL,
      // Version 1 of the AWS CLI reads this one only.
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: as,
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_PAGER: "",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  });
  assert.equal(answer.status, 0, answer.stderr);
  const { WebIdentityToken: token, Expiration: expiration } = JSON.parse(answer.stdout);
  if (show) {
    console.log(indented(`$ aws ${args.map((arg) => (arg === audiences ? `'${arg}'` : arg)).join(" ")}`));
    console.log(indented(faint(`${token.slice(0, 60)}…  ${token.length} characters, until ${expiration}`)));
  }
  return token;
}

/** The token with another principal in it, as whoever cannot sign would try. */
function forged(token) {
  const [header, payload, signature] = token.split(".");
  const claims = Buffer.from(payload, "base64url").toString().replaceAll("role/billing/Batch", "role/billing/Admin");
  return [header, Buffer.from(claims).toString("base64url"), signature].join(".");
}

async function judge(title, token, { expected, later = 0 }) {
  heading(title);
  const at = Math.floor(Date.now() / 1000) + later;
  const native = (...more) =>
    run(COUNTERSIGN_CLI, ["verify", "--policy", policyFile, "--at", String(at), "--explain", ...more], { input: token });

  const shown = native();
  console.log(indented("$ countersign verify --policy policy.json --explain"));
  console.log(indented(shown.stdout));
  assert.equal(shown.status, expected === "accepted" ? 0 : 1, shown.stderr);

  const { report } = JSON.parse(native("--json").stdout);
  const verifier = createVerifier(policy, { now: () => at });
  assert.deepEqual(await verifier.explain(token), report, "the npm package and the command line disagree");
  const outcome = await verifier.verify(token).then(
    () => "accepted",
    (error) => {
      assert.ok(error instanceof VerificationError, error);
      return error.code;
    },
  );
  console.log(`\n${indented("Node: await verifier.verify(token)")}`);
  console.log(indented(`  ${outcome === "accepted" ? `an identity, by the rule ${JSON.stringify(report.rule)}` : `VerificationError ${outcome}`}`));
  assert.equal(outcome, expected);
}

function run(program, args, options) {
  const result = spawnSync(program, args, { encoding: "utf8", ...options });
  if (result.error) {
    throw result.error;
  }
  return result;
}

function indented(text) {
  return text.trimEnd().replace(/^(?=.)/gm, "  ");
}
