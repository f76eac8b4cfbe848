/** What a token is ordered with, and how the issuer is told. */
import { OptionsError } from "../errors.js";
import { onlyKnown, renamed, requirePlain, text, texts, whole } from "./named.js";

/** Where a principal's credentials came from, in the very words of the token's AWS claim. */
export interface PrincipalContext {
  /** The Lambda function whose role it is. */
  readonly lambda_source_function_arn?: string;
  /** The EC2 instance whose role it is. */
  readonly ec2_source_instance_arn?: string;
  readonly ec2_instance_source_vpc?: string;
  readonly ec2_instance_source_private_ipv4?: string;
  /** AWS documents a number, and sends a text such as "2.0". */
  readonly ec2_role_delivery?: string | number;
  /** "glue.amazonaws.com" for a job of AWS Glue. */
  readonly glue_credential_issuing_service?: string;
  /** The person who signed in through IAM Identity Center, and the identity store that knows them. */
  readonly identity_store_user_id?: string;
  readonly identity_store_arn?: string;
  /** The identity provider of a web identity session. */
  readonly federated_provider?: string;
}

/** Who asks for a token. One of `role`, `user` and `arn` names it; without any it is the issuer's first principal. */
export interface Principal {
  /** A role by its name, with its path if it has one: `"billing/Batch"`. */
  readonly role?: string | undefined;
  /** A user, likewise: `"ops/alice"`. */
  readonly user?: string | undefined;
  /** The whole ARN, as it is to stand in `sub`: `"arn:aws:iam::123456789012:role/billing/Batch"`. */
  readonly arn?: string | undefined;
  /** The account of `role` or `user`, one of the issuer's: the first one unless given. */
  readonly account?: string | undefined;
  /** Tags of the principal and its session. */
  readonly principalTags?: Readonly<Record<string, string>> | undefined;
  readonly sourceIdentity?: string | undefined;
  /** Where the credentials came from: Lambda, EC2, Glue, Identity Center, an identity provider. */
  readonly context?: PrincipalContext | undefined;
  /** The name of a role's session, which AWS's messages show, and tokens never. */
  readonly sessionName?: string | undefined;
  /** When the session ends, in RFC 3339: no token may live longer. */
  readonly sessionExpiresAt?: string | undefined;
  /** How long the session goes on from any moment: an hour for a role unless given. */
  readonly sessionExpiresInSeconds?: number | undefined;
  /** False for one who lacks `sts:GetWebIdentityToken`: AWS refuses with `AccessDenied`. */
  readonly mayGetToken?: boolean | undefined;
  /** False for one who lacks `sts:TagGetWebIdentityToken`. */
  readonly mayTag?: boolean | undefined;
}

/** A request for a token. AWS's rules hold for it, and what breaks them is refused with an `StsError`. */
export interface TokenOptions extends Principal {
  /** In place of a description: a principal of the issuer's, by its access key id. */
  readonly accessKeyId?: string | undefined;
  /** For whom: `"https://api.example.com"` unless given. AWS takes 1 to 10. */
  readonly audience?: string | readonly string[] | undefined;
  /** How it is signed: ES384 unless given. RS256 takes an issuer that was made with `rsa: true`. */
  readonly algorithm?: "ES384" | "RS256" | undefined;
  /** From 60 to 3600; 300 unless given. */
  readonly durationSeconds?: number | undefined;
  /** Tags that the caller chooses freely: an object, or pairs where AWS is to see one key twice. */
  readonly requestTags?: Readonly<Record<string, string>> | readonly (readonly [string, string])[] | undefined;
  /** The region of the STS endpoint: the issuer's unless given. */
  readonly region?: string | undefined;
  /**
   * What AWS would never do, for tests alone: changes to the claims before they are signed, as a JSON Merge Patch
   * (RFC 7396). `null` removes a claim, objects are merged, everything else replaces:
   * `{ jti: null, "https://sts.amazonaws.com/": { org_id: "o-other00000" } }`.
   */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** The same for the header: `{ typ: "at+jwt" }`. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/** How the configuration describes a principal, besides who it is. */
export const PRINCIPAL_NAMES = {
  principalTags: "principal_tags",
  sourceIdentity: "source_identity",
  context: "context",
  sessionName: "session_name",
  sessionExpiresAt: "session_expires_at",
  sessionExpiresInSeconds: "session_expires_in_seconds",
  mayGetToken: "may_get_token",
  mayTag: "may_tag",
} as const;

/** What names a principal. */
export const NAMING = ["role", "user", "arn", "account"] as const;

/** What a description of a principal has, checked: the issuer could only say that it is not of the expected shape. */
export function description(where: string, options: Principal, names: Readonly<Record<string, string>>): Record<string, unknown> {
  for (const option of ["sourceIdentity", "sessionName", "sessionExpiresAt"] as const) {
    text(option, options[option]);
  }
  whole("sessionExpiresInSeconds", options.sessionExpiresInSeconds);
  texts("principalTags", options.principalTags);
  if (options.context !== undefined) {
    requirePlain("context", options.context);
  }
  return renamed(where, options, names);
}

/** The ARN of a principal that is named in one of three ways; nothing when it is not named. */
export function arnOf({ role, user, arn, account }: Principal, ownAccount: string): string | undefined {
  for (const [option, value] of Object.entries({ role, user, arn, account })) {
    text(option, value);
  }
  const named = [role, user, arn].filter((name) => name !== undefined);
  if (named.length > 1) {
    throw new OptionsError("options.type", "role", "`role`, `user` and `arn` each name the principal: give one.");
  }
  if (arn !== undefined) {
    if (account !== undefined) {
      throw new OptionsError("options.type", "account", "`arn` names the account already: leave `account` out.");
    }
    return arn;
  }
  if (role !== undefined) {
    return `arn:aws:iam::${account ?? ownAccount}:role/${role}`;
  }
  return user === undefined ? undefined : `arn:aws:iam::${account ?? ownAccount}:user/${user}`;
}

/** Who a token is for when nothing is said about it. */
export interface TokenDefaults {
  readonly account: string;
  readonly region: string;
  /** The first principal, as the configuration describes it; of a configuration that was given whole, its ARN alone. */
  readonly principal: Readonly<Record<string, unknown>>;
  /** By what the issuer knows all of it, in that case. */
  readonly accessKeyId?: string | undefined;
}

const DEFAULT_AUDIENCE = "https://api.example.com";

/** The order of a token, in the issuer's words. */
export function orderOf(where: string, options: TokenOptions, defaults: TokenDefaults, flaw?: string): object {
  onlyKnown(where, options, KNOWN);
  const { role, user, arn, account, accessKeyId, audience, algorithm, durationSeconds, ...more } = options;
  const { requestTags, region, claims = {}, header = {}, ...described } = more;
  for (const [option, value] of Object.entries({ accessKeyId, algorithm, region })) {
    text(option, value);
  }
  whole("durationSeconds", durationSeconds);
  return {
    principal: principalOf(
      { role, user, arn, account },
      accessKeyId,
      description(where, described, PRINCIPAL_NAMES),
      defaults,
    ),
    region: region ?? defaults.region,
    audience: audiencesOf(audience),
    signing_algorithm: algorithm ?? "ES384",
    duration_seconds: durationSeconds,
    tags: tagsOf(requestTags),
    flaw,
    claims: requirePlain("claims", claims),
    header: requirePlain("header", header),
  };
}

const KNOWN: readonly string[] = [
  ...NAMING,
  ...Object.keys(PRINCIPAL_NAMES),
  ...["accessKeyId", "audience", "algorithm", "durationSeconds", "requestTags", "region", "claims", "header"],
];

function audiencesOf(audience: TokenOptions["audience"] = DEFAULT_AUDIENCE): readonly string[] {
  const audiences: unknown = typeof audience === "string" ? [audience] : audience;
  if (!Array.isArray(audiences) || !audiences.every((one) => typeof one === "string")) {
    throw new OptionsError("options.type", "audience", "`audience` must be a text or an array of texts.");
  }
  return audiences;
}

function principalOf(
  named: Principal,
  accessKeyId: string | undefined,
  described: Record<string, unknown>,
  defaults: TokenDefaults,
): object {
  const arn = arnOf(named, defaults.account);
  if (accessKeyId !== undefined) {
    if (arn !== undefined || named.account !== undefined || Object.keys(described).length > 0) {
      const message = "`accessKeyId` names a principal of the issuer's: leave out what would describe another.";
      throw new OptionsError("options.type", "accessKeyId", message);
    }
    return { access_key_id: accessKeyId };
  }
  if (arn !== undefined) {
    return { arn, ...described };
  }
  if (defaults.accessKeyId !== undefined && named.account === undefined && Object.keys(described).length === 0) {
    return { access_key_id: defaults.accessKeyId };
  }
  const { arn: own, ...others } = defaults.principal;
  // The first principal's role in another account is another principal, and has none of its tags.
  return named.account === undefined
    ? { arn: own, ...others, ...described }
    : { arn: String(own).replace(/:\d{12}:/, `:${named.account}:`), ...described };
}

function tagsOf(tags: TokenOptions["requestTags"] = {}): object[] {
  const pairs: unknown[] = Array.isArray(tags) ? tags : Object.entries(requirePlain("requestTags", tags));
  if (!pairs.every(isPairOfTexts)) {
    const message = "`requestTags` must be an object of texts, or an array of pairs of texts.";
    throw new OptionsError("options.type", "requestTags", message);
  }
  return pairs.map(([key, value]) => ({ key, value }));
}

function isPairOfTexts(pair: unknown): pair is [string, string] {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
}
