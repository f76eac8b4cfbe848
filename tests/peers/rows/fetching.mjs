// What strangers' tokens, and documents of any size, make a verifier fetch.
import { randomUUID } from "node:crypto";

import { meet } from "../arena.mjs";
import { advance } from "../clock.mjs";
import { EC384, KEY_SET, NEXT_EC384, NEXT_RSA, RSA, keySet, named, published } from "../keys.mjs";
import { mint, mintFor } from "../tokens.mjs";
import { fetches } from "./outcome.mjs";

/** Fifty key ids that nobody has published. */
const FLOODS = [
  { title: "plain text", kids: range(50, (index) => `junk-${index}`) },
  { title: "UUIDs", kids: range(50, () => randomUUID()) },
  {
    title: "as AWS spells them",
    kids: range(25, (index) => [`RSA_${17 + index}`, `EC384_${99 + index}`]).flat(),
  },
];

export const FETCHING = [
  {
    title: "a key set of 30 MB",
    lines: [{ title: "", ours: { cell: "stopped early", detail: "key.unavailable" }, run: largeKeySet }],
  },
  {
    title: "50 tokens with junk key ids: fetches of the key set",
    lines: FLOODS.map(({ title, kids }) => ({
      title,
      ours: { cell: "0" },
      run: (contender) => floodFetches(contender, kids),
    })),
  },
  {
    title: "a genuine rotation right after that flood",
    lines: FLOODS.map(({ title, kids }) => ({
      title: `after ${title}`,
      ours: { cell: "at once" },
      run: (contender) => rotation(contender, kids, { before: RSA, after: NEXT_RSA }),
    })),
  },
];

export const COLD_START = {
  title: "20 concurrent verifications, no keys yet: fetches of the key set",
  lines: [{ title: "", ours: { cell: "1" }, run: concurrent }],
};

/**
 * The price of seeing a rotation at once: a stranger who knows how an issuer spells its key ids can cause
 * a few fetches. Figures to know, and no contest: who never fetches wins the first lines and loses the last.
 */
const NEXT_RSA_IDS = [...["RSA_1", "RSA_2"], ...range(48, (index) => `RSA_${100 + index}`)];
const ALL_NEXT_IDS = ["EC384_1", "EC384_2", ...NEXT_RSA_IDS.slice(0, 48)];
const UUIDS = FLOODS[1].kids;
const [UUID_BEFORE, UUID_AFTER] = [named(RSA, randomUUID()), named(NEXT_RSA, randomUUID())];
const UUID_ROTATION = { before: UUID_BEFORE, after: UUID_AFTER, keys: [UUID_BEFORE] };

export const PRICE = [
  {
    title: "AWS's key ids, and 50 junk ones",
    lines: [
      price("fetches, with `RSA_1`, `RSA_2`, `EC384_1` and `EC384_2` among the junk", "4", (contender) =>
        floodFetches(contender, ALL_NEXT_IDS),
      ),
      price("fetches, with `RSA_1` and `RSA_2` among the junk", "2", (contender) =>
        floodFetches(contender, NEXT_RSA_IDS),
      ),
      price("then a rotation of `RSA_0` to `RSA_1`, the very id that was asked for", "after 10 s", (contender) =>
        rotation(contender, NEXT_RSA_IDS, { before: RSA, after: NEXT_RSA }),
      ),
      price("or a rotation of `EC384_0` to `EC384_1`", "at once", (contender) =>
        rotation(contender, NEXT_RSA_IDS, { before: EC384, after: NEXT_EC384 }),
      ),
    ],
  },
  {
    title: "an issuer whose key ids are UUIDs, and 50 junk UUIDs",
    lines: [
      price("fetches", "4", (contender) => floodFetches(contender, UUIDS, [UUID_BEFORE])),
      price("then a rotation", "after 10 s", (contender) =>
        rotation(contender, UUIDS, UUID_ROTATION),
      ),
      price("a rotation after 3 junk UUIDs only", "at once", (contender) =>
        rotation(contender, UUIDS.slice(0, 3), UUID_ROTATION),
      ),
    ],
  },
];

function price(title, cell, run) {
  return { title, ours: { cell }, run };
}

function largeKeySet(contender) {
  const keySet = { ...KEY_SET, padding: "x".repeat(LARGE) };
  return meet(contender, { keySet }, async (meeting) => {
    const { accepted, code } = await meeting.judge(mint());
    const isEarly = meeting.issuer.sent < EARLY;
    const cell = isEarly ? "stopped early" : accepted ? "read whole, accepted" : "read whole, refused";
    const note = `${(meeting.issuer.sent / 1e6).toFixed(1)} MB sent`;
    return { cell, detail: code, merit: isEarly ? 1 : 0, note };
  });
}

const LARGE = 30_000_000;
/** Buffers on the way hold some millions of bytes that nobody has read. */
const EARLY = LARGE / 3;

/** Junk key ids before an issuer of these keys. */
function floodFetches(contender, kids, keys = AWS_KEYS) {
  return meet(contender, { keySet: publishedSet(keys) }, async (meeting) =>
    fetches(await flood(meeting, kids, keys[0])),
  );
}

/** How long the first token of a new key is refused, after a flood while the old one was published. */
function rotation(contender, kids, { before, after, keys = AWS_KEYS }) {
  return meet(contender, { keySet: publishedSet(keys) }, async (meeting) => {
    await flood(meeting, kids, before);
    meeting.issuer.publish(publishedSet(keys.map((key) => (key === before ? after : key))));
    for (let seconds = 0; seconds <= PATIENCE; seconds += 1) {
      if ((await meeting.judge(mint({ key: after }))).accepted) {
        return { cell: seconds === 0 ? "at once" : `after ${seconds} s`, merit: -seconds };
      }
      advance(1);
    }
    return { cell: `not within ${PATIENCE} s`, merit: -PATIENCE - 1 };
  });
}

/** Loads the keys with a good token of this key, then shows these key ids one after the other. */
async function flood(meeting, kids, key) {
  await meeting.mustAccept(mint({ key }));
  return meeting.fetchesOf(async () => {
    for (const kid of kids) {
      const { accepted } = await meeting.judge(mintFor(kid));
      if (accepted) {
        throw new Error(`a token of the unknown key ${kid} was accepted`);
      }
    }
  });
}

const AWS_KEYS = [RSA, EC384];

function publishedSet(keys) {
  return keySet(...keys.map((key) => published(key)));
}

/** In seconds. */
const PATIENCE = 120;

function concurrent(contender) {
  return meet(contender, {}, async (meeting) => {
    const tokens = range(20, () => mint());
    const count = await meeting.fetchesOf(async () => {
      for (const { accepted, code } of await Promise.all(tokens.map((token) => meeting.judgeAtOnce(token)))) {
        if (!accepted) {
          throw new Error(`a good token was refused: ${code}`);
        }
      }
    });
    return fetches(count);
  });
}

function range(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}
