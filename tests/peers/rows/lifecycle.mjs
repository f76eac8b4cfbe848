// The life of keys: withdrawn, renewed in time, and kept through an outage. Lifetimes as shipped.
import { meet } from "../arena.mjs";
import { advance } from "../clock.mjs";
import { EC384, RSA, keySet, published } from "../keys.mjs";
import { mint } from "../tokens.mjs";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Longer than any contender says it keeps keys. */
const PAST_THE_LIFETIME = 2 * HOUR;

export const LIFECYCLE = [
  {
    title: "a key that the issuer has withdrawn, after the cache's lifetime",
    lines: [{ title: "", ours: { cell: "refused", detail: "key.unknown" }, run: withdrawn }],
  },
  {
    title: "the issuer is down, after the cache's lifetime",
    lines: [
      {
        title: "",
        ours: { cell: "accepted until 25 h after the fetch, then refused", detail: "key.unavailable" },
        run: down,
      },
    ],
  },
  {
    title: "`Cache-Control: max-age` is honoured: when the keys are asked for again",
    lines: [{ title: "", ours: { cell: "yes" }, run: cacheControl }],
  },
];

function withdrawn(contender) {
  return meet(contender, {}, async (meeting) => {
    await meeting.mustAccept(mint({ key: RSA }));
    meeting.issuer.publish(keySet(published(EC384)));
    advance(PAST_THE_LIFETIME);
    const first = await meeting.judge(mint({ key: RSA }));
    if (!first.accepted) {
      return { cell: "refused", detail: first.code, merit: 2 };
    }
    advance(10 * MINUTE);
    const later = await meeting.judge(mint({ key: RSA }));
    return later.accepted
      ? { cell: "accepted", merit: 0 }
      : { cell: "accepted once more, refused 10 min later", detail: later.code, merit: 1 };
  });
}

/** Best is to serve on for a time that has an end; then to serve on; worst to fail with the issuer. */
function down(contender) {
  return meet(contender, {}, async (meeting) => {
    await meeting.mustAccept(mint());
    meeting.issuer.goDown();
    advance(PAST_THE_LIFETIME);
    let passed = PAST_THE_LIFETIME;
    let verdict = await meeting.judge(mint());
    if (!verdict.accepted) {
      return { cell: "refused", detail: verdict.code, merit: 0 };
    }
    while (verdict.accepted && passed < PATIENCE) {
      const step = passed === PAST_THE_LIFETIME ? 5 * MINUTE : HOUR - (passed % HOUR);
      advance(step);
      passed += step;
      verdict = await meeting.judge(mint());
    }
    if (verdict.accepted) {
      return { cell: `accepted, after ${PATIENCE / HOUR} h still`, merit: 1 };
    }
    const end = passed < PAST_THE_LIFETIME + HOUR ? "for less than 5 min" : `until ${passed / HOUR} h after the fetch`;
    return { cell: `accepted ${end}, then refused`, detail: verdict.code, merit: 2 };
  });
}

const PATIENCE = 72 * HOUR;

/** Honoured is what makes a difference: a short lifetime and a long one, each of them for its time. */
async function cacheControl(contender) {
  const short = await renewal(contender, 2 * MINUTE, 15);
  const long = await renewal(contender, 2 * HOUR, MINUTE);
  return short.inTime && long.inTime
    ? { cell: "yes", merit: 1 }
    : { cell: `no: ${short.after} of 2 min, ${long.after} of 2 h`, merit: 0 };
}

/**
 * When the keys are asked for again, by a token in every `step` seconds. In time is in the second half of
 * their lifetime: not long before its end, nor after it.
 */
function renewal(contender, seconds, step) {
  return meet(contender, { headers: { "cache-control": `public, max-age=${seconds}` } }, async (meeting) => {
    await meeting.mustAccept(mint());
    for (let passed = step; passed <= 2 * seconds; passed += step) {
      advance(step);
      if ((await meeting.fetchesOf(() => meeting.mustAccept(mint()))) > 0) {
        return { inTime: passed > seconds / 2 && passed <= seconds + step, after: `after ${readable(passed)}` };
      }
    }
    return { inTime: false, after: `not in ${readable(2 * seconds)}` };
  });
}

function readable(seconds) {
  const minutes = seconds / MINUTE;
  return seconds < 2 * MINUTE ? `${seconds} s` : minutes < 120 ? `${minutes} min` : `${minutes / 60} h`;
}
