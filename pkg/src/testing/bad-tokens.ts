/** Tokens that a verifier has to refuse, each by a name. */
import { OptionsError } from "../errors.js";
import type { TokenOptions } from "./token.js";

/**
 * What is wrong with a token, by name, and the code by which Countersign refuses it.
 *
 * Loop over it to have a service refuse them all: `for (const bad of Object.keys(BAD_TOKENS))`.
 */
export const BAD_TOKENS = {
  /** It expired an hour ago. */
  expired: "time.expired",
  /** It was minted an hour from now. */
  "not-yet-valid": "time.issued_in_future",
  /** Signed by another key than the one that is published under its key id. */
  "wrong-signature": "signature.invalid",
  /** A claim was changed after it was signed. */
  "tampered-payload": "signature.invalid",
  /** Signed under a key id that was never published. */
  "unknown-key": "key.unknown",
  /** Signed by the key that was withdrawn last. */
  "withdrawn-key": "key.unknown",
  /** `alg` is `none`, and there is no signature. */
  "alg-none": "algorithm.none",
  /** `alg` is `HS256`, and the secret is the issuer's public key. */
  "hmac-confusion": "algorithm.hmac",
  /** The issuer is a host that only looks like AWS's. */
  "wrong-issuer": "issuer.untrusted",
  /** A required claim is missing: `jti`, or what `without` names. */
  "missing-claim": "claim.missing",
  /** For another audience. */
  "wrong-audience": "audience.mismatch",
  /** A genuine token, of an account of another organization. */
  "foreign-organization": "trust.organization",
} as const;

/** The name of what is wrong with a token. */
export type BadToken = keyof typeof BAD_TOKENS;

/** What the token would be if nothing were wrong with it. */
export interface BadTokenOptions extends TokenOptions {
  /** With `"missing-claim"`: which one is missing. `jti` unless given. */
  readonly without?: string | undefined;
}

/** The account of another organization that every test issuer has, unless its configuration is given whole. */
export const STRANGER = { account: "999988887777", organization: "o-stranger999" } as const;

/** What the issuer is told: an order, and the flaw that it knows by name. */
export interface BadOrder {
  readonly options: TokenOptions;
  readonly flaw?: string;
}

/** @param hasStranger - Whether the issuer has the account of another organization. */
export function badOrder(bad: BadToken, { without, ...options }: BadTokenOptions, hasStranger: boolean): BadOrder {
  if (!Object.hasOwn(BAD_TOKENS, bad)) {
    const message = `There is no bad token ${JSON.stringify(bad)}; there are ${Object.keys(BAD_TOKENS).join(", ")}.`;
    throw new OptionsError("options.unknown", "bad", message);
  }
  if (without !== undefined && bad !== "missing-claim") {
    throw new OptionsError("options.type", "without", '`without` goes with "missing-claim".');
  }
  switch (bad) {
    case "missing-claim":
      return { options: { ...options, claims: { ...options.claims, [without ?? "jti"]: null } } };
    case "wrong-audience":
      return { options: { ...options, audience: "https://another-service.example" } };
    case "foreign-organization":
      if (!hasStranger) {
        const message = `The issuer's configuration has no account ${STRANGER.account}: name one of another organization by \`account\` with \`token\`.`;
        throw new OptionsError("options.type", "bad", message);
      }
      return { options: foreign(options) };
    default:
      return { options, flaw: bad };
  }
}

/** The same principal in the stranger's account. */
function foreign({ account: _own, arn, ...options }: TokenOptions): TokenOptions {
  return arn === undefined
    ? { ...options, account: STRANGER.account }
    : { ...options, arn: arn.replace(/:\d{12}:/, `:${STRANGER.account}:`) };
}
