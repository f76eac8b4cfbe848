/**
 * The rows of the table. Each runs one verifier through one situation and says in a few words what came of
 * it, with a rank: 0 is what a verifier should do, and of two ranks the lower one is better.
 */
import { now, putForward } from "./clock.mjs";
import { bytesSent, newIssuer } from "./issuer.mjs";
import { AUDIENCE, claims, mint, newElliptic, newKey, newRsa } from "./tokens.mjs";

export const ROWS = [
  refused("unknown `crit` header", "header.critical", (to) =>
    mint(to.elliptic, { header: { crit: ["x"], x: 1 }, payload: claims(to.url) }),
  ),
  refused("duplicate JSON member in the header", "token.duplicate_member", (to) =>
    mint(to.elliptic, {
      header: Buffer.from('{"kid":"EC384_0","typ":"JWT","alg":"ES384","alg":"ES384"}'),
      payload: claims(to.url),
    }),
  ),
  refused("duplicate JSON member in the payload", "token.duplicate_member", (to) => {
    const text = JSON.stringify(claims(to.url));
    return mint(to.elliptic, { payload: Buffer.from(text.replace("{", `{"sub":"arn:aws:iam::1:root",`)) });
  }),
  refused("non-canonical base64url tail", "token.non_canonical", (to) =>
    respelled(mint(to.rsa, { payload: claims(to.url) })),
  ),
  refused("`=` padding", "token.base64url", (to) => `${mint(to.rsa, { payload: claims(to.url) })}==`),
  refused("newline inside a segment", "token.base64url", (to) => {
    const token = mint(to.rsa, { payload: claims(to.url) });
    return `${token.slice(0, -20)}\n${token.slice(-20)}`;
  }),
  refused("invalid UTF-8 in the payload", "token.utf8", (to) => {
    const text = JSON.stringify(claims(to.url, { note: "?" }));
    const bytes = Buffer.from(text);
    bytes[text.indexOf('"?"') + 1] = 0xff;
    return mint(to.elliptic, { payload: bytes });
  }),
  refused("2 MB token", "token.too_large", (to) =>
    mint(to.elliptic, { payload: claims(to.url, { note: "a".repeat(1_500_000) }) }),
  ),
  refused("no `exp`", "claim.missing", (to) =>
    mint(to.elliptic, { payload: claims(to.url, { exp: undefined }) }),
  ),
  refused("`iat` a day ahead", "time.issued_in_future", (to) =>
    mint(to.elliptic, { payload: claims(to.url, { iat: now() + 86_400, exp: now() + 86_700 }) }),
  ),
  refused(
    "RSA-1024 key",
    "key.unusable",
    (to) => mint(to.keys[0], { payload: claims(to.url) }),
    () => [newKey("RSA_0", { bits: 1024, alg: "RS256" })],
  ),
  refused(
    "ES384 header with a P-256 key",
    "key.algorithm",
    (to) => mint(to.keys[0], { payload: claims(to.url) }),
    () => [newKey("EC384_0", { curve: "P-256" })],
  ),
  refused(
    "RS512 header with an RSA key that has no `alg`",
    "algorithm.unsupported",
    (to) => mint(to.keys[0], { header: { alg: "RS512" }, payload: claims(to.url), hash: "sha512" }),
    () => [newRsa("RSA_0", { alg: undefined })],
  ),
  refused(
    "JWK `use=enc`",
    "key.unusable",
    (to) => mint(to.keys[0], { payload: claims(to.url) }),
    () => [newElliptic("EC384_0", { use: "enc" })],
  ),
  refused(
    "JWK `key_ops` without verify",
    "key.unusable",
    (to) => mint(to.keys[0], { payload: claims(to.url) }),
    () => [newElliptic("EC384_0", { use: undefined, key_ops: ["wrapKey"] })],
  ),
  {
    title: "30 MB key set",
    expected: "refused (key.unavailable), stopped early",
    async run(make) {
      const issuer = await newIssuer(newElliptic("EC384_0"));
      issuer.padding = 30_000_000;
      const before = bytesSent();
      const verify = await verifierOf(make, issuer);
      const verdict = await tried(verify(mint(issuer.keys[0], { payload: claims(issuer.url) })));
      await new Promise((resolve) => setTimeout(resolve, 300));
      // What the sockets of both sides hold was sent, whatever the reader does.
      const isWhole = bytesSent() - before >= 30_000_000;
      return { text: `${verdict}, ${isWhole ? "read whole" : "stopped early"}`, rank: isWhole ? 1 : 0 };
    },
  },
  flood("text", (index) => `junk-${index}`),
  flood("UUIDs", () => crypto.randomUUID()),
  flood("AWS's form (`RSA_10` to `RSA_59`)", (index) => `RSA_${10 + index}`),
  {
    title: "genuine rotation right after such floods",
    expected: "accepted at once",
    async run(make) {
      const issuer = await newIssuer(newElliptic("EC384_0"));
      const verify = await verifierOf(make, issuer);
      await verify(mint(issuer.keys[0], { payload: claims(issuer.url) }));
      for (const kid of [(index) => `junk-${index}`, () => crypto.randomUUID(), (index) => `RSA_${10 + index}`]) {
        await junk(verify, issuer, kid);
      }
      issuer.keys.push(newElliptic("EC384_1"));
      for (let waited = 0; waited <= 60; waited += 1) {
        const token = mint(issuer.keys[1], { payload: claims(issuer.url) });
        if ((await tried(verify(token))) === "accepted") {
          return { text: waited === 0 ? "accepted at once" : `refused for ${waited} s`, rank: waited };
        }
        putForward(1);
      }
      return { text: "refused for more than 60 s", rank: 61 };
    },
  },
  {
    title: "key withdrawn by the issuer, an hour later",
    expected: "refused (key.unknown)",
    async run(make) {
      const issuer = await newIssuer(newElliptic("EC384_0"), newElliptic("EC384_1"));
      const [withdrawn] = issuer.keys;
      const verify = await verifierOf(make, issuer);
      await verify(mint(withdrawn, { payload: claims(issuer.url) }));
      issuer.keys.shift();
      putForward(HOUR);
      const text = await tried(verify(mint(withdrawn, { payload: claims(issuer.url) })));
      return { text, rank: text === "accepted" ? 1 : 0 };
    },
  },
  {
    title: "issuer down, an hour later and two days later",
    expected: "accepted, then refused (key.unavailable)",
    async run(make) {
      const issuer = await newIssuer(newElliptic("EC384_0"));
      const verify = await verifierOf(make, issuer);
      const attempt = () => tried(verify(mint(issuer.keys[0], { payload: claims(issuer.url) })));
      await verify(mint(issuer.keys[0], { payload: claims(issuer.url) }));
      issuer.isDown = true;
      putForward(HOUR);
      const first = await attempt();
      putForward(2 * 24 * HOUR);
      const second = await attempt();
      const text = first === second ? `${first}, both` : `${first}, then ${second}`;
      // To fail at once makes the issuer's outage the service's; to go on for ever revives withdrawn keys.
      return { text, rank: first !== "accepted" ? 2 : second === "accepted" ? 1 : 0 };
    },
  },
  {
    title: "`Cache-Control` honoured: a minute, a day",
    expected: "both",
    async run(make) {
      const refetched = async (maxAge, later) => {
        const issuer = await newIssuer(newElliptic("EC384_0"));
        issuer.cacheControl = `public, max-age=${maxAge}`;
        const verify = await verifierOf(make, issuer);
        const attempt = () => verify(mint(issuer.keys[0], { payload: claims(issuer.url) }));
        await attempt();
        const before = issuer.fetches;
        putForward(later);
        await attempt();
        return issuer.fetches > before;
      };
      const minute = await refetched(60, 90);
      const day = !(await refetched(86_400, 2 * HOUR));
      const text = minute && day ? "both" : minute ? "a minute only" : day ? "a day only" : "neither";
      return { text, rank: 2 - Number(minute) - Number(day) };
    },
  },
  {
    title: "20 concurrent cold verifications → fetches of the key set",
    expected: "1",
    async run(make) {
      const issuer = await newIssuer(newElliptic("EC384_0"));
      const verify = await verifierOf(make, issuer);
      const tokens = Array.from({ length: 20 }, () => mint(issuer.keys[0], { payload: claims(issuer.url) }));
      await Promise.all(tokens.map((token) => verify(token)));
      return { text: String(issuer.fetches), rank: issuer.fetches };
    },
  },
];

const HOUR = 3600 + 1;

/** A situation in which a token must be refused, though one that lacks only the fault is accepted. */
function refused(title, code, faulty, keys) {
  return {
    title,
    expected: `refused (${code})`,
    async run(make) {
      const [elliptic, rsa] = [newElliptic("EC384_0"), newRsa("RSA_0")];
      const sound = await newIssuer(elliptic, rsa);
      const verifySound = await verifierOf(make, sound);
      for (const key of sound.keys) {
        const verdict = await tried(verifySound(mint(key, { payload: claims(sound.url) })));
        if (verdict !== "accepted") {
          throw new Error(`${title}: a sound token is ${verdict}`);
        }
      }
      const issuer = keys === undefined ? sound : await newIssuer(...keys());
      const verify = keys === undefined ? verifySound : await verifierOf(make, issuer);
      const text = await tried(verify(faulty({ url: issuer.url, keys: issuer.keys, elliptic, rsa })));
      return { text, rank: text === "accepted" ? 1 : 0 };
    },
  };
}

function flood(form, kid) {
  return {
    title: `50 tokens with junk key ids, ${form} → fetches`,
    expected: "0",
    async run(make) {
      const issuer = await newIssuer(newElliptic("EC384_0"), newRsa("RSA_0"));
      const verify = await verifierOf(make, issuer);
      await verify(mint(issuer.keys[0], { payload: claims(issuer.url) }));
      const before = issuer.fetches;
      await junk(verify, issuer, kid);
      const fetches = issuer.fetches - before;
      return { text: String(fetches), rank: fetches };
    },
  };
}

/** Well-formed tokens whose key ids were made up, one after the other. */
async function junk(verify, issuer, kid) {
  const { privateKey } = issuer.keys[0];
  for (let index = 0; index < 50; index += 1) {
    const token = mint({ kid: kid(index), privateKey }, { payload: claims(issuer.url) });
    const verdict = await tried(verify(token));
    if (verdict === "accepted") {
      throw new Error("a token with a made-up key id was accepted");
    }
  }
}

function verifierOf(make, { url, jwksUri }) {
  return make({ issuer: url, audience: AUDIENCE, jwksUri });
}

/** `accepted`, or `refused`, with the code where there is a stable one. */
async function tried(verifying) {
  try {
    await verifying;
    return "accepted";
  } catch (error) {
    const { code } = error;
    return typeof code === "string" && /^[a-z0-9_]+\.[a-z0-9_]+$/.test(code) ? `refused (${code})` : "refused";
  }
}

/** The same signature in another spelling: the last character's unused bits are set. */
function respelled(token) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)) | 1];
}
