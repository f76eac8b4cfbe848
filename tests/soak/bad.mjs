// Every class of badness, with the codes that it may be refused with.
import { randomBytes } from "node:crypto";
import { KINDS } from "./settings.mjs";
import { Pool } from "./pool.mjs";

const HOUR = 3600;
const AWS_CLAIM = "https://sts.amazonaws.com/";
const ELSEWHERE = "arn:aws:iam::210987654321:role/service/billing";
/** While an issuer fails, or has just withdrawn the key, a token that leads to a key may end there. */
export const OF_KEYS = ["key.unknown", "key.unavailable"];
const ANY = undefined;

const claims = (name, codes, edit, when) => ({ name, codes: [...codes, ...OF_KEYS, "signature.invalid"], when, mint: (_life, now) => ({ claims: edit(now) }) });
const early = (name, codes, edit, when) => ({ name, codes, when, mint: (life, now) => ({ claims: edit(now, life) }) });
const header = (name, codes, edit) => ({ name, codes, mint: () => ({ header: edit }) });
const keyed = (name, codes, mint) => ({ name, codes: [...codes, ...OF_KEYS], mint });
const text = (name, codes, edit) => ({ name, codes, edit });

const MINTED = [
  claims("expired", ["time.expired"], (now) => ({ iat: now - 2 * HOUR, exp: now - HOUR })),
  claims("issued in the future", ["time.issued_in_future"], (now) => ({ iat: now + HOUR, exp: now + HOUR + 300 })),
  claims("lives too long", ["time.lifetime"], (now) => ({ exp: now + 25 * HOUR })),
  claims("milliseconds", ["time.milliseconds"], (now) => ({ iat: now * 1000, exp: now * 1000 + 300_000 })),
  claims("another audience", ["audience.mismatch"], () => ({ aud: "https://elsewhere.example" })),
  claims("no id", ["claim.missing"], () => ({ jti: undefined })),
  claims("no principal", ["subject.not_principal"], () => ({ sub: "arn:aws:sts::123456789012:assumed-role/billing/session" })),
  claims("accounts disagree", ["account.disagreement"], () => ({ sub: ELSEWHERE })),
  early("another account and organization", ["trust.account", "trust.organization"], () => ({ sub: ELSEWHERE, aws: { aws_account: "210987654321", org_id: "o-zzz1234567" } }), (life) => life.isPinned),
  early("another organization", ["trust.organization"], () => ({ aws: { org_id: "o-zzz1234567" } }), (life) => !life.isPinned),
  early("no claim of AWS", ["aws_claim.missing"], () => ({ [AWS_CLAIM]: undefined }), (life) => !life.isPinned),
  early("a stranger's issuer", ["issuer.untrusted"], () => ({ iss: "https://issuer.example" })),
  early("issuer with a slash", ["issuer.untrusted"], (_now, life) => ({ iss: `${life.issuer.issuer}/` }), (life) => life.isPinned),
  early("made-up issuer of the organization", ["key.unavailable"], (_now, life) => ({ iss: `${life.issuer.origin}/${randomBytes(8).toString("hex")}` })),
  header("crit", ["header.critical"], { crit: ["exp"] }),
  header("another type", ["header.type"], { typ: "at+jwt" }),
  header("HS256", ["algorithm.hmac"], { alg: "HS256" }),
  header("none", ["algorithm.none"], { alg: "none" }),
  header("RS512", ["algorithm.unsupported"], { alg: "RS512" }),
  header("b64", ["header.payload_encoding"], { b64: false }),
  keyed("key id of nobody", [], () => ({ rename: `junk-${randomBytes(6).toString("hex")}` })),
  keyed("key of another kind", ["key.algorithm"], (life, _now, kind) => ({ rename: life.current.get(kind === "RSA" ? "EC384" : "RSA").kid })),
  keyed("key that is not published", ["signature.invalid"], (life) => ({ kid: "EC384_0", pair: "unpublished", rename: life.current.get("EC384").kid })),
  // Under a key id that the other one has: its own next one, asked for ahead of time, would hold that key up.
  keyed("key of another issuer", ["signature.invalid"], (_life, _now, kind, other) => ({ claims: { iss: other.issuer.issuer }, rename: other.current.get(kind).kid })),
];

const edited = (token, part, edit) => {
  const parts = token.split(".");
  parts[part] = Buffer.from(edit(Buffer.from(parts[part], "base64url").toString())).toString("base64url");
  return parts.join(".");
};

const EDITED = [
  text("empty", ["token.empty"], () => ""),
  text("two parts", ["token.segments"], (token) => token.split(".").slice(0, 2).join(".")),
  text("no signature", ["signature.malformed", "token.segments", ...OF_KEYS], (token) => `${token.split(".").slice(0, 2).join(".")}.`),
  text("half a signature", ["signature.malformed", "signature.invalid", "token.non_canonical", "token.base64url", ...OF_KEYS], (token) => token.slice(0, -30)),
  text("padded", ["token.base64url", "token.non_canonical"], (token) => `${token}=`),
  text("too large", ["token.too_large"], (token) => token + "A".repeat(40_000)),
  text("a member twice", ["token.duplicate_member"], (token) => edited(token, 1, (payload) => payload.replace("{", '{"aud":"https://elsewhere.example",'))),
  text("more claims than were signed", ["signature.invalid", ...OF_KEYS], (token) => edited(token, 1, (payload) => payload.replace("{", '{"more":1,'))),
  text("too deep", ["token.too_deep"], (token) => edited(token, 1, (payload) => payload.replace("{", `{"more":${"[".repeat(40)}${"]".repeat(40)},`))),
  // Made at the last moment: an id that is asked for just before it is published has a cool-down of its own.
  text("key id of the key after next", OF_KEYS, (token, random, life) => edited(token, 0, (header) => header.replace(/"kid":"([A-Z0-9]+)_[0-9]+"/, (_, kind) => `"kid":"${life.guess(kind)}"`))),
  text("noise", ANY, (_token, random) => Array.from({ length: random.below(400) }, () => String.fromCharCode(random.below(300))).join("")),
  text("one character changed", ANY, changed),
  text("one character less", ANY, without),
  text("no text", ["token.empty"], (_token, random) => random.of([undefined, null, 7, {}, []])),
];

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=";

function changed(token, random) {
  // Not in the header's first part, which would now and then name the key that comes next.
  const at = HEAD + random.below(token.length - HEAD);
  const others = ALPHABET.replace(token[at], "");
  return token.slice(0, at) + others[random.below(others.length)] + token.slice(at + 1);
}

/** How many characters the key id takes at most, which stands first. */
const HEAD = 32;

function without(token, random) {
  const at = random.below(token.length);
  return token.slice(0, at) + token.slice(at + 1);
}

/** As many tokens with key ids of nobody, made from one. */
export function flood(token, size) {
  return Array.from({ length: size }, () =>
    edited(token, 0, (header) => header.replace(/"kid":"[^"]*"/, `"kid":"${randomBytes(9).toString("hex")}"`)));
}

export const CLASSES = [...MINTED, ...EDITED].map(({ name }) => name);

/** Bad tokens of every class, of one issuer. */
export class BadTokens {
  #life;
  #random;
  #pools;

  constructor(life, { random, other }) {
    this.#life = life;
    this.#random = random;
    const fits = MINTED.filter(({ when }) => when === undefined || when(life));
    this.#pools = fits.map(({ name, codes, mint }) => ({ name, codes, pool: new Pool((count) => this.#mint(mint, count, other()), 6) }));
  }

  /** A token, its class, and the codes that may refuse it: any, where there are none. */
  async take() {
    if (this.#random.next() < 0.5) {
      const { name, codes, pool } = this.#random.of(this.#pools);
      return { name, codes, token: await pool.take() };
    }
    const { name, codes, edit } = this.#random.of(EDITED);
    const key = this.#life.current.get(this.#random.of(KINDS));
    return { name, codes, token: edit(await key.tokens.take(), this.#random, this.#life) };
  }

  /** Each minted token differs from the others in how it is bad, where that is a matter of chance. */
  async #mint(mint, count, other) {
    const kind = this.#random.of(KINDS);
    const now = Math.floor(Date.now() / 1000);
    const { kid, pair } = this.#life.current.get(kind);
    const minted = await Promise.all(Array.from({ length: count }, () =>
      this.#life.issuer.mint({ kid, pair, now, ...mint(this.#life, now, kind, other) })));
    return minted.flat();
  }
}
