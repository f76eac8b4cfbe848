// Faults that take their time: what is done, the verdict on a token, and how many documents are asked for by it.
import { randomBytes } from "node:crypto";
import { KEY, policyForOrganization } from "./world.mjs";
import { ACCEPTED, STALE, UNAVAILABLE } from "./table.mjs";

const LIFETIME = 3600;
const DAY = 86_400;
const YEAR = 365 * DAY;
const UNKNOWN = "key.unknown (401)";
const INVALID = "signature.invalid (401)";
const UNUSABLE = "key.unusable (401)";

const NEXT = { kid: "EC384_1", pair: "next" };
const REPLACED = { kid: KEY.kid, pair: "replacement" };

const step = (does, run, expected, requests) => ({ does, run, expected, requests });
/** A token of the first key. */
const token = (expected, requests, does = "a token") => step(does, (world) => world.verdict(), expected, requests);
const tokenBy = (key, does, expected, requests) => step(does, (world) => world.verdict(key), expected, requests);
const publish = (does, keys) => step(does, (world) => world.issuer.publish(keys), undefined, 0);
const fails = (fault) => step(`the issuer: ${fault}`, (world) => world.issuer.fail(fault), undefined, 0);
const recovers = () => step("the issuer is well again", (world) => world.issuer.fail(null), undefined, 0);
const pass = (seconds) => step(`${spell(seconds)} ${seconds < 0 ? "back" : "later"}`, (world) => void (world.now += seconds), undefined, 0);

function spell(seconds) {
  const size = Math.abs(seconds);
  for (const [unit, length] of [["year", YEAR], ["day", DAY], ["hour", 3600], ["minute", 60], ["second", 1]]) {
    if (size % length === 0) {
      return `${size / length} ${unit}${size === length ? "" : "s"}`;
    }
  }
  return `${size} seconds`;
}

/** Many tokens, one after another: how many times which verdict came. */
async function verdicts(world, count, each) {
  const found = new Map();
  for (let number = 0; number < count; number += 1) {
    const verdict = await each(number);
    found.set(verdict, (found.get(verdict) ?? 0) + 1);
  }
  return [...found].map(([verdict, times]) => `${times} × ${verdict}`).join(", ");
}

const junk = (world) => world.verdict(KEY, { rename: `junk-${randomBytes(6).toString("hex")}` });

const refused = (verdict) => (verdict === ACCEPTED ? verdict : "refused");

/** Tokens by key ids that an issuer would use next, each every second. */
async function guesses(world, seconds, keyIds = ["EC384_1", "EC384_2", "RSA_0", "RSA_1"]) {
  let count = 0;
  for (let second = 0; second < seconds; second += 1) {
    world.now += 1;
    for (const rename of keyIds) {
      count += refused(await world.verdict(KEY, { rename })) === "refused" ? 1 : 0;
    }
  }
  return `${count} refused`;
}

export const STORIES = [
  {
    name: "a key is withdrawn",
    steps: [
      token(ACCEPTED, 2),
      step("a snapshot of the keys is taken", (world) => void (world.kept = world.verifier.snapshot()), undefined, 0),
      publish("another key takes its place", [NEXT]),
      token(ACCEPTED, 0, "a token by the withdrawn key, within the lifetime"),
      tokenBy(NEXT, "a token by the new key", ACCEPTED, 1),
      token(UNKNOWN, 1, "a token by the withdrawn key"),
      token(UNKNOWN, 0, "another one"),
      step("the snapshot is restored", (world) => void world.verifier.restore(world.kept), undefined, 0),
      token(UNKNOWN, 0, "another one"),
      fails("status 503"),
      pass(LIFETIME + 1),
      tokenBy(NEXT, "a token by the new key", STALE, 1),
      token(UNAVAILABLE, 0, "a token by the withdrawn key"),
    ],
  },
  {
    name: "a key is withdrawn, and no other published",
    steps: [
      token(ACCEPTED, 2),
      publish("the key is withdrawn", []),
      pass(LIFETIME - 1800),
      token(ACCEPTED, 0, "a token by the withdrawn key, within the lifetime"),
      pass(1800),
      token(UNKNOWN, 2, "a token by the withdrawn key, after the lifetime"),
      token(UNKNOWN, 0, "another one"),
    ],
  },
  {
    name: "a key is replaced under its id",
    steps: [
      token(ACCEPTED, 2),
      publish("another key takes its id", [REPLACED]),
      tokenBy(REPLACED, "a token by the new key, less than a minute after the fetch", INVALID, 0),
      pass(60),
      tokenBy(REPLACED, "a token by the new key", ACCEPTED, 1),
      token(INVALID, 0, "a token by the old key"),
      pass(60),
      token(INVALID, 1, "a token by the old key"),
      step("100 tokens by the old key", (world) => verdicts(world, 100, () => world.verdict()), `100 × ${INVALID}`, 0),
      tokenBy(REPLACED, "a token by the new key", ACCEPTED, 0),
    ],
  },
  {
    name: "two keys have one id",
    steps: [
      publish("another key is published under the same id", [KEY, REPLACED]),
      token(UNUSABLE, 2),
      publish("the issuer mends it", [KEY]),
      token(UNUSABLE, 0, "a token, less than a minute after the fetch"),
      pass(60),
      token(ACCEPTED, 1),
    ],
  },
  {
    name: "the issuer is down for longer than keys may serve on",
    options: () => ({ keyStore: { staleIfErrorSeconds: DAY } }),
    steps: [
      token(ACCEPTED, 2),
      fails("status 503"),
      pass(LIFETIME),
      token(STALE, 1),
      token(STALE, 0),
      pass(DAY - 1),
      token(STALE, 1),
      pass(1),
      token(UNAVAILABLE, 0),
      recovers(),
      pass(360),
      token(ACCEPTED, 2),
    ],
  },
  {
    name: "the issuer is down, and keys may not serve on",
    options: () => ({ keyStore: { staleIfErrorSeconds: 0 } }),
    steps: [token(ACCEPTED, 2), fails("status 503"), pass(LIFETIME - 1), token(ACCEPTED, 1), pass(1), token(UNAVAILABLE, 0), recovers(), pass(360), token(ACCEPTED, 2)],
  },
  {
    name: "the issuer is down for an hour, with a token every second",
    steps: [
      fails("status 503"),
      step("3600 tokens", (world) => verdicts(world, 3600, () => {
        world.now += 1;
        return world.same();
      }), `3600 × ${UNAVAILABLE}`, { least: 14, most: 20 }),
    ],
  },
  {
    name: "the issuer flaps for 50 hours, with a token every hour",
    steps: [
      token(ACCEPTED, 2),
      fails("flapping"),
      step("50 tokens", async (world) => {
        const text = await verdicts(world, 50, () => {
          world.now += LIFETIME;
          return world.verdict().then((verdict) => verdict.split(",")[0]);
        });
        return text;
      }, `50 × ${ACCEPTED}`, { least: 50, most: 150 }),
    ],
  },
  {
    name: "100 tokens at once, of an issuer that is late",
    steps: [
      fails("late"),
      step("100 tokens", async (world) => {
        const tokens = await world.issuer.mint({ ...KEY, now: world.now, count: 100 });
        const all = await Promise.all(tokens.map((token) => world.judge(token)));
        return `${all.filter((verdict) => verdict === ACCEPTED).length} × ${ACCEPTED}`;
      }, `100 × ${ACCEPTED}`, 2),
    ],
  },
  {
    name: "a flood of made-up key ids, and a rotation",
    steps: [
      token(ACCEPTED, 2),
      step("50 tokens with key ids of nobody", (world) => verdicts(world, 50, () => junk(world)), `50 × ${UNKNOWN}`, 0),
      publish("the issuer rotates", [KEY, NEXT]),
      tokenBy(NEXT, "a token by the new key", ACCEPTED, 1),
      step("1000 tokens with key ids of nobody, in 100 seconds", (world) => verdicts(world, 1000, (number) => {
        world.now += number % 10 === 9 ? 1 : 0;
        return junk(world);
      }), `1000 × ${UNKNOWN}`, 10),
    ],
  },
  {
    // The one way in which strangers can hold a rotation up: by asking for the very ids that come next. Whatever
    // fetch is made brings all keys, so it is for one cool-down at most.
    name: "a flood of the key ids that would come next, and a rotation",
    steps: [
      token(ACCEPTED, 2),
      step("480 tokens by four such key ids, in 2 minutes", (world) => guesses(world, 120), "480 refused", { least: 15, most: 25 }),
      publish("the issuer rotates", [KEY, NEXT]),
      step("a token by the new key", async (world) => refused(await world.verdict(NEXT)), "refused", 0),
      step("40 more of the flood, in 10 seconds", (world) => guesses(world, 10, [`EC384_2`, `RSA_1`, `RSA_2`, `RSA_0`]), "40 refused", { least: 1, most: 4 }),
      tokenBy(NEXT, "a token by the new key", ACCEPTED, 0),
    ],
  },
  {
    name: "a flood of made-up issuers of a trusted organization",
    options: (issuer) => ({ policy: policyForOrganization(issuer) }),
    steps: [
      token(ACCEPTED, 2),
      step("500 tokens of issuers that do not exist", async (world) => {
        const text = await verdicts(world, 500, (number) => world.verdict(KEY, { claims: { iss: `${world.issuer.origin}/made-up-${number}` } }));
        const { strangers } = await world.issuer.counts();
        return `${text}, after ${strangers} requests`;
      }, `500 × ${UNAVAILABLE}, after 48 requests`, 0),
      pass(LIFETIME),
      step("500 more, an hour later", async (world) => {
        const text = await verdicts(world, 500, (number) => world.verdict(KEY, { claims: { iss: `${world.issuer.origin}/made-up-too-${number}` } }));
        const { strangers } = await world.issuer.counts();
        return `${text}, after ${strangers} requests`;
      }, `500 × ${UNAVAILABLE}, after 98 requests`, 0),
      token(ACCEPTED, 2, "a token of the genuine issuer, whose keys are past their lifetime"),
    ],
  },
  {
    name: "more made-up issuers than are kept",
    options: (issuer) => ({ policy: policyForOrganization(issuer), keyStore: { maxIssuers: 10 } }),
    steps: [
      token(ACCEPTED, 2),
      step("40 tokens of issuers that do not exist", (world) => verdicts(world, 40, (number) => world.verdict(KEY, { claims: { iss: `${world.issuer.origin}/made-up-${number}` } })), `40 × ${UNAVAILABLE}`, 0),
      token(ACCEPTED, 0, "a token of the genuine issuer"),
    ],
  },
  ...[["an hour", 3600], ["ten years", 10 * YEAR]].flatMap(([name, jump]) => [
    {
      name: `the clock jumps ${name} forward, and returns`,
      steps: [
        step("a token", (world) => world.same(), ACCEPTED, 2),
        pass(jump),
        step("the same token", (world) => world.same(), "time.expired (401)", 2),
        pass(-jump),
        step("the same token", (world) => world.same(), ACCEPTED, 2),
        step("the same token", (world) => world.same(), ACCEPTED, 0),
      ],
    },
    {
      name: `the clock jumps ${name} back, and returns`,
      steps: [
        step("a token", (world) => world.same(), ACCEPTED, 2),
        pass(-jump),
        step("the same token", (world) => world.same(), "time.issued_in_future (401)", 2),
        pass(jump),
        step("the same token", (world) => world.same(), ACCEPTED, 2),
        step("the same token", (world) => world.same(), ACCEPTED, 0),
      ],
    },
  ]),
];
