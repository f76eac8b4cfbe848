/** What a test issuer is made from, and the configuration that comes of it. */
import { OptionsError } from "../errors.js";
import { STRANGER } from "./bad-tokens.js";
import { onlyKnown, renamed, text, whole } from "./named.js";
import { arnOf, description, NAMING, PRINCIPAL_NAMES } from "./token.js";
import type { Principal, TokenDefaults } from "./token.js";

/** What an account's policy allows; a limit that is left out limits nothing. */
export interface AccountPolicy {
  /** With `*` for any run of characters. */
  readonly allowedAudiences?: readonly string[] | undefined;
  readonly maxDurationSeconds?: number | undefined;
  readonly allowedAlgorithms?: readonly ("ES384" | "RS256")[] | undefined;
  readonly requiredTags?: readonly string[] | undefined;
  readonly allowedTagKeys?: readonly string[] | undefined;
  readonly denyTags?: boolean | undefined;
}

/** An AWS account. */
export interface AccountOptions {
  /** Twelve digits. */
  readonly id: string;
  /** `"o-abc1234567"` unless given; `null` for an account that is in none. */
  readonly organization?: string | null | undefined;
  /** The account's place in its organization: `"o-abc1234567/r-ab12/ou-ab12-11111111/"` unless given. */
  readonly ouPath?: string | undefined;
  /** Whether the account has switched the feature on: `"enabled"` unless given. */
  readonly federation?: "enabled" | "disabled" | undefined;
  /** True for an account whose tokens have no claim of AWS's own. */
  readonly omitAwsClaim?: boolean | undefined;
  readonly policy?: AccountPolicy | undefined;
}

/** A principal that `token` and clients of `listen()` can be. */
export interface PrincipalOptions extends Principal {
  /** By what a client of `listen()` is known: `"ASIATESTISSUER000001"` and so on unless given. */
  readonly accessKeyId?: string | undefined;
  /** With it, signatures of requests are verified as AWS does; without it, any secret works. */
  readonly secretAccessKey?: string | undefined;
  /** With it, requests must bring it. */
  readonly sessionToken?: string | undefined;
}

/** Options of `createTestIssuer`. Any other is refused. */
export interface TestIssuerOptions {
  /**
   * The AWS accounts, each with its own issuer; what names no account is about the first one. Unless given it is one,
   * 123456789012. There is always one more, 999988887777 of organization o-stranger999, for `"foreign-organization"`.
   */
  readonly accounts?: readonly AccountOptions[] | undefined;
  /** The organization of accounts that name none. `"o-abc1234567"` unless given; `null` for none. */
  readonly organization?: string | null | undefined;
  /** The principals; the first one is whose tokens `token` mints. Unless given it is the role `service/test`. */
  readonly principals?: readonly PrincipalOptions[] | undefined;
  /** The region of STS: `"us-east-1"` unless given. */
  readonly region?: string | undefined;
  /**
   * True has issuers sign with RS256 too, and publish RSA keys beside those of ES384, as AWS does. Making one takes a
   * tenth of a second by `node:crypto`, and about one where there is none, or with a `seed`.
   */
  readonly rsa?: boolean | undefined;
  /** The same seed gives the same issuers and keys, and the same tokens at the same times in the same order. */
  readonly seed?: string | undefined;
  /** The time in seconds: a number stands still, a function is asked. The system's time unless given. */
  readonly now?: number | (() => number) | undefined;
  /** What key sets say in `Cache-Control: max-age`: 300 unless given. */
  readonly cacheMaxAgeSeconds?: number | undefined;
  /** How long keys stay published after a rotation: 900 unless given. */
  readonly keyOverlapSeconds?: number | undefined;
  /**
   * `"aws"`, as AWS's own, unless given: policies under test are those of production. `"loopback"` has issuers lie
   * under the URL of `listen()`, for a service in another process; its policy names that in `dangerLoopbackIssuers`.
   */
  readonly issuerForm?: "aws" | "loopback" | undefined;
  /**
   * The whole configuration instead, in TOML, as the command `countersign issuer` reads it: see `--print-config`.
   * Then there are no `accounts`, `organization`, `principals`, `rsa`, `issuerForm`, and no seconds of keys. The first
   * account is the one with the lowest number, and the first principal its own with the lowest access key id.
   */
  readonly config?: string | undefined;
  /** What `snapshot()` gave, to have the same issuers and keys again. */
  readonly state?: string | undefined;
}

/** Options that were checked. */
export interface Plan {
  /** As the issuer reads it. */
  readonly config: string;
  /** Whether there is the stranger's account. */
  readonly hasStranger: boolean;
  readonly region: string;
  /** The first account and principal; nothing when the configuration was given whole. */
  readonly own: Own | undefined;
  readonly seed: string | undefined;
  readonly now: TestIssuerOptions["now"];
  readonly state: string | undefined;
}

/** Who a test is when it says nothing about it. */
export interface Own extends Omit<TokenDefaults, "region"> {
  readonly credentials: Credentials;
}

/** What a client of AWS signs its requests with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const DEFAULT_ACCOUNT = "123456789012";
const DEFAULT_ORGANIZATION = "o-abc1234567";
/** Whose tokens are minted when nobody is named. */
export const DEFAULT_ROLE = "service/test";
const DEFAULT_REGION = "us-east-1";

const SETTING_NAMES = {
  cacheMaxAgeSeconds: "cache_max_age_seconds",
  keyOverlapSeconds: "key_overlap_seconds",
  issuerForm: "form",
} as const;

const OPTIONS = ["accounts", "organization", "principals", "region", "rsa", "seed", "now", "config", "state"] as const;

/** @throws {OptionsError} for an unknown option, or ones that exclude each other. */
export function planFrom(options: TestIssuerOptions): Plan {
  onlyKnown("createTestIssuer", options, [...OPTIONS, ...Object.keys(SETTING_NAMES)]);
  const { accounts, organization, principals, region = DEFAULT_REGION, rsa, seed, now, config, state, ...settings } =
    options;
  for (const [option, value] of Object.entries({ seed, region, config, state, issuerForm: settings.issuerForm })) {
    text(option, value);
  }
  const common = { seed, now, state };
  if (config !== undefined) {
    refuseBesideConfig({ accounts, organization, principals, rsa, ...settings });
    return { ...common, config, region, hasStranger: false, own: undefined };
  }
  if (rsa !== undefined && typeof rsa !== "boolean") {
    throw new OptionsError("options.type", "rsa", "`rsa` must be true or false.");
  }
  whole("cacheMaxAgeSeconds", settings.cacheMaxAgeSeconds);
  whole("keyOverlapSeconds", settings.keyOverlapSeconds);
  const listed = list("accounts", accounts ?? [{ id: DEFAULT_ACCOUNT }]);
  const all = listed.map((account, at) => accountOf(`accounts[${at}]`, account as AccountOptions, organization));
  const [first] = all;
  const account = typeof first?.["id"] === "string" ? first["id"] : DEFAULT_ACCOUNT;
  const isStranger = all.every(({ id }) => id !== STRANGER.account);
  if (isStranger) {
    const ouPath = `${STRANGER.organization}/r-st99/ou-st99-11111111/`;
    all.push({ id: STRANGER.account, organization: STRANGER.organization, ou_path: ouPath, federation: "enabled" });
  }
  const described = list("principals", principals ?? [{ role: DEFAULT_ROLE }]).map((principal, at) =>
    principalOf(`principals[${at}]`, principal as PrincipalOptions, account, at),
  );
  const [own = principalOf("principals", { role: DEFAULT_ROLE }, account, 0)] = described;
  const { access_key_id, secret_access_key, session_token, ...principal } = own;
  const organizations = new Set(all.map(({ organization: id }) => id).filter((id) => id !== undefined));
  const configuration = {
    issuer: {
      form: "aws",
      algorithms: rsa === true ? ["RS256", "ES384"] : ["ES384"],
      ...renamed("createTestIssuer", settings, SETTING_NAMES),
    },
    organizations: [...organizations].map((id) => ({ id })),
    accounts: all,
    principals: described,
  };
  return {
    ...common,
    config: JSON.stringify(configuration),
    hasStranger: isStranger,
    region,
    own: {
      account,
      principal,
      credentials: {
        accessKeyId: String(access_key_id),
        secretAccessKey: String(secret_access_key ?? "any"),
        sessionToken: String(session_token ?? "any"),
      },
    },
  };
}

function refuseBesideConfig(others: object): void {
  for (const [option, value] of Object.entries(others)) {
    if (value !== undefined) {
      throw new OptionsError("options.type", option, `\`config\` is the whole configuration: leave \`${option}\` out.`);
    }
  }
}

function list(option: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new OptionsError("options.type", option, `\`${option}\` must be an array.`);
  }
  return value as unknown[];
}

const ACCOUNT_NAMES = {
  id: "id",
  organization: "organization",
  ouPath: "ou_path",
  federation: "federation",
  omitAwsClaim: "omit_aws_claim",
  policy: "policy",
} as const;

const POLICY_NAMES = {
  allowedAudiences: "allowed_audiences",
  maxDurationSeconds: "max_duration_seconds",
  allowedAlgorithms: "allowed_algorithms",
  requiredTags: "required_tags",
  allowedTagKeys: "allowed_tag_keys",
  denyTags: "deny_tags",
} as const;

function accountOf(
  where: string,
  options: AccountOptions,
  common: string | null | undefined,
): Record<string, unknown> {
  const { organization = common, ...account } = renamed(where, options, ACCOUNT_NAMES);
  const id = organization === undefined ? DEFAULT_ORGANIZATION : organization;
  const { policy } = account;
  return {
    federation: "enabled",
    ...(id === null ? {} : { organization: id, ou_path: `${String(id)}/r-ab12/ou-ab12-11111111/` }),
    ...account,
    ...(policy === undefined ? {} : { policy: renamed(`${where}.policy`, policy as object, POLICY_NAMES) }),
  };
}

const KEY_NAMES = { secretAccessKey: "secret_access_key", sessionToken: "session_token" } as const;

function principalOf(
  where: string,
  options: PrincipalOptions,
  ownAccount: string,
  at: number,
): Record<string, unknown> {
  const names = { ...PRINCIPAL_NAMES, ...KEY_NAMES };
  onlyKnown(where, options, [...NAMING, "accessKeyId", ...Object.keys(names)]);
  const { role, user, arn, account, accessKeyId, ...described } = options;
  for (const [option, value] of Object.entries({ accessKeyId, secretAccessKey: options.secretAccessKey, sessionToken: options.sessionToken })) {
    text(option, value);
  }
  const found = arnOf({ role, user, arn, account }, ownAccount);
  if (found === undefined) {
    throw new OptionsError("options.type", where, `\`${where}\` needs one of \`role\`, \`user\` and \`arn\`.`);
  }
  return {
    access_key_id: accessKeyId ?? accessKeyIdOf(at),
    arn: found,
    ...description(where, described, names),
  };
}

function accessKeyIdOf(at: number): string {
  return `ASIATESTISSUER${String(at + 1).padStart(6, "0")}`;
}
