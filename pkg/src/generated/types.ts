// Generated from Rust by `cargo xtask generate`: do not edit.
import type { Code, PolicyCode } from "./codes.js";

/**
 * A signature algorithm that keys are used with (RFC 7518, section 3.1).
 *
 * AWS issues ES384 and RS256; ES256 is used by other AWS issuers. There is no HMAC algorithm here, so
 * that a public key can never be taken for a shared secret.
 */
export type Algorithm = "ES256" | "ES384" | "RS256";
/**
 * Whose word a claim is.
 */
export type Asserter = "aws" | "caller" | "tagger";
/**
 * What a check could rely on.
 */
export type Basis = "claimed" | "form" | "signed";
/**
 * The checks of a token, in the order in which they are made: cheap ones before costly ones,
 * and of several faults the most telling first.
 */
export type Check =
  | "size"
  | "structure"
  | "encoding"
  | "json"
  | "algorithm"
  | "header"
  | "issuer"
  | "claimed_trust"
  | "key"
  | "signature"
  | "expiry"
  | "issued_at"
  | "not_before"
  | "lifetime"
  | "age"
  | "token_id"
  | "audience"
  | "subject"
  | "aws_claim"
  | "account"
  | "trust"
  | "replay";
/**
 * What came of an outcome.
 */
export type FetchEffect =
  | {
      /**
       * The issuer.
       */
      issuer: string;
      kind: "discovery";
    }
  | {
      /**
       * How many times in a row that happened.
       */
      failures: number;
      /**
       * The issuer.
       */
      issuer: string;
      kind: "failed";
      /**
       * Why, as text for people.
       */
      reason: string;
      /**
       * From when on it is tried again, in seconds since the epoch.
       */
      retryAt: number;
    }
  | {
      kind: "ignored";
    }
  | {
      /**
       * Key ids that are there now and were not before.
       */
      added: string[];
      /**
       * Until when the keys are used without asking again, in seconds since the epoch.
       */
      freshUntil: number;
      /**
       * The issuer.
       */
      issuer: string;
      kind: "loaded";
      /**
       * Key ids whose key is another one than before.
       */
      replaced: string[];
      /**
       * Key ids that were there before; tokens that name them are refused from now on.
       */
      withdrawn: string[];
    };
export type FindingCode =
  | Code
  | "inspect.embedded_key"
  | "inspect.more"
  | "inspect.no_signature"
  | "inspect.outlives_session"
  | "inspect.too_long"
  | "inspect.unknown_member";
/**
 * One text, or several.
 */
export type OneOrMany = string | string[];
/**
 * How a check ended.
 */
export type OutcomeName = "failed" | "passed" | "skipped";
/**
 * Which kind of IAM principal a token speaks for.
 */
export type PrincipalKind = "role" | "user";
/**
 * What became of a token's signature.
 */
export type SignatureState = "failed" | "held" | "notChecked";

/**
 * What AWS says about the caller.
 */
export interface AwsIdentity {
  /**
   * The account id, 12 digits.
   */
  account: string;
  /**
   * The EC2 instance that the caller's credentials were given to.
   */
  ec2?: Ec2;
  /**
   * The identity provider of a web identity session.
   */
  federatedProvider?: string;
  /**
   * The Glue job that the caller runs in.
   */
  glue?: Glue;
  /**
   * The Identity Center user whom the caller acts for.
   */
  identityCenter?: IdentityCenter;
  /**
   * The Lambda function that the caller runs in.
   */
  lambda?: Lambda;
  /**
   * The organization that the account is in.
   */
  organization?: string;
  /**
   * The account's place in the organization, for example `o-…/r-…/ou-…/`; empty if it is in none.
   */
  organizationalUnits: string[];
  /**
   * When the caller's role session ends, in seconds since the epoch.
   */
  originalSessionExpiresAt?: number;
  /**
   * Tags of the role and the session: the word of whoever may tag them.
   */
  principalTags: {
    [k: string]: string;
  };
  /**
   * Tags that the caller chose freely for this token: context, never identity.
   */
  requestTags: {
    [k: string]: string;
  };
  /**
   * The source identity, which survives role chaining.
   */
  sourceIdentity?: string;
  /**
   * The region whose STS endpoint issued the token.
   */
  sourceRegion?: string;
}
/**
 * One check of a report.
 */
export interface CheckReport {
  /**
   * What the check could rely on.
   */
  basis: Basis;
  /**
   * The check.
   */
  check: Check;
  /**
   * The code of a failed check.
   */
  code?: Code;
  /**
   * What passes, unless the check was skipped.
   */
  expected?: string;
  /**
   * What was there, unless the check was skipped.
   */
  found?: string;
  /**
   * `passed`, `failed` or `skipped`.
   */
  outcome: OutcomeName;
  /**
   * What is checked, in one sentence.
   */
  question: string;
  /**
   * Why it was skipped, or what is wrong.
   */
  reason?: string;
  /**
   * What to do about a failed check.
   */
  remedy?: string;
}
/**
 * The EC2 instance that a caller's credentials were given to.
 */
export interface Ec2 {
  /**
   * The instance's ARN (`ec2_source_instance_arn`).
   */
  instanceArn?: string;
  /**
   * The instance's private IPv4 address (`ec2_instance_source_private_ipv4`).
   */
  privateIpv4?: string;
  /**
   * The version of the instance metadata service that delivered the credentials
   * (`ec2_role_delivery`), as text: AWS documents a number and sends a string.
   */
  roleDelivery?: string;
  /**
   * The id of the instance's VPC (`ec2_instance_source_vpc`).
   */
  vpc?: string;
}
/**
 * Something remarkable or wrong about an inspected token.
 */
export interface Finding {
  /**
   * The stable code: a rejection's, or one that only inspection has.
   */
  code: FindingCode;
  /**
   * What was found, in a sentence.
   */
  message: string;
  /**
   * Where; absent for what is nowhere, such as a missing claim.
   */
  place?: Place;
}
/**
 * The Glue job that a caller runs in.
 */
export interface Glue {
  /**
   * The service that issued the credentials (`glue_credential_issuing_service`).
   */
  credentialIssuingService: string;
}
/**
 * Who is calling, as signed by AWS.
 */
export interface Identity {
  /**
   * The audiences (`aud`), in the order of the token.
   */
  audience: string[];
  /**
   * The account and what AWS says about the caller.
   */
  aws: AwsIdentity;
  /**
   * All claims, as signed, unknown ones included.
   */
  claims: JsonObject;
  /**
   * When the token expires (`exp`), in seconds since the epoch.
   */
  expiresAt: number;
  /**
   * The token's header, as signed.
   */
  header: JsonObject;
  /**
   * When the token was issued (`iat`), in seconds since the epoch.
   */
  issuedAt: number;
  /**
   * The account's issuer (`iss`).
   */
  issuer: string;
  /**
   * The caller: the subject, taken apart.
   */
  principal: Principal;
  /**
   * The name of the trust rule that is met.
   */
  rule: string;
  /**
   * The ARN of the caller (`sub`).
   */
  subject: string;
  /**
   * The token's id (`jti`), unique within the issuer.
   */
  tokenId: string;
}
/**
 * The Identity Center user whom a caller acts for.
 */
export interface IdentityCenter {
  /**
   * The identity store's ARN (`identity_store_arn`).
   */
  identityStoreArn?: string;
  /**
   * The user's id (`identity_store_user_id`).
   */
  userId?: string;
}
/**
 * What a text says, as far as it can be read.
 */
export interface Inspection {
  /**
   * What is remarkable or wrong, part by part; of many with one code only the first
   * hundred, and then one that says how many more there are.
   */
  findings: Finding[];
  /**
   * The members of the header, in order.
   */
  header: MemberView[];
  /**
   * Says that nothing was verified.
   */
  notice: string;
  /**
   * The parts of the token, as many as there are.
   */
  parts: PartView[];
  /**
   * The members of the payload, in order; those of AWS's claim follow it.
   */
  payload: MemberView[];
  /**
   * What stood around the token and was taken off, from the outside in.
   */
  peeled: string[];
  /**
   * The subject taken apart, if it is an IAM role or user.
   */
  principal?: Principal;
  /**
   * Always false.
   */
  verified: boolean;
}
/**
 * Whether an issuer's keys are at hand.
 */
export interface IssuerReadiness {
  /**
   * The issuer.
   */
  issuer: string;
  /**
   * Whether its tokens can be verified without a fetch.
   */
  ready: boolean;
  /**
   * Why its keys are not there, or not as fresh as they should be.
   */
  reason?: string;
}
export interface JsonObject {
  [k: string]: unknown;
}
/**
 * How the key store behaves. Every setting has a default that suits AWS.
 */
export interface KeyStoreSettings {
  /**
   * How long after a first failed fetch none is begun, in seconds: 5. Each further failure doubles it,
   * with jitter.
   */
  failureCooldownSeconds?: number;
  /**
   * How often all issuers together may be fetched at once: 100. Half of it is kept for pinned issuers
   * and those of which a token was accepted.
   */
  fetchBurst?: number;
  /**
   * How long a fetch may take, in seconds: 5.
   */
  fetchTimeoutSeconds?: number;
  /**
   * How often all issuers together may be fetched in a minute in the long run: 600.
   */
  fetchesPerMinute?: number;
  /**
   * How often one issuer may be fetched at once: 20. Half of it is kept for renewing keys.
   */
  issuerFetchBurst?: number;
  /**
   * How often one issuer may be fetched in a minute in the long run: 6.
   */
  issuerFetchesPerMinute?: number;
  /**
   * How long keys are used, in seconds, when the issuer does not say so by `Cache-Control`: 3600.
   */
  lifetimeSeconds?: number;
  /**
   * Longest document, in bytes: 65536.
   */
  maxDocumentBytes?: number;
  /**
   * How long after a failed fetch none is begun at most, in seconds: 300.
   */
  maxFailureCooldownSeconds?: number;
  /**
   * Most issuers whose keys are kept, static and pinned ones not counted: 1000. One more displaces
   * the one that was not used for longest, and first those of which no token was ever accepted. Those
   * that are being fetched for the first time come on top: the budget bounds how many there are.
   */
  maxIssuers?: number;
  /**
   * Most keys in a key set, bad ones included: 100.
   */
  maxKeys?: number;
  /**
   * How long keys are used at most, in seconds, whatever the issuer says: 86400.
   */
  maxLifetimeSeconds?: number;
  /**
   * How many keys that recur may have tables, which make ECDSA several times faster: 32. A table takes
   * 170 kB (ES256) or 370 kB (ES384), and serves until a renewal of the keys finds it unused. With 0 there
   * are none.
   */
  maxPreparedKeys?: number;
  /**
   * How long keys are used at least, in seconds, whatever the issuer says: 60.
   */
  minLifetimeSeconds?: number;
  /**
   * How old keys are at least before a signature that does not match has them fetched again, in
   * seconds: 60. That is how a key that was replaced under its old id is noticed.
   */
  replacedKeyCooldownSeconds?: number;
  /**
   * How long keys serve on past their lifetime while the issuer cannot be reached, in seconds: 86400.
   * With 0 they do not. A key that the issuer withdrew is refused as soon as that is known.
   */
  staleIfErrorSeconds?: number;
  /**
   * How long after a fetch a key id that was not there is believed not to be there, in seconds: 10.
   * Key ids that look like the issuer's own each have this cool-down for themselves; all others share
   * one.
   */
  unknownKeyCooldownSeconds?: number;
}
/**
 * The Lambda function that a caller runs in.
 */
export interface Lambda {
  /**
   * The function's ARN (`lambda_source_function_arn`).
   */
  functionArn: string;
}
/**
 * One member of a header or payload.
 */
export interface MemberView {
  /**
   * Whose word it would be if the signature held.
   */
  asserter?: Asserter;
  /**
   * The IAM condition key with the same meaning, where there is one.
   */
  conditionKey?: string;
  /**
   * What it means; absent for what AWS does not document.
   */
  meaning?: string;
  /**
   * The name, its escapes resolved.
   */
  name: string;
  /**
   * Where the member stands, name and value.
   */
  place: Place;
  /**
   * The value, byte for byte as it stands in the token: JSON text.
   */
  value: string;
  /**
   * Where its value stands in the part's decoded text.
   */
  valueSpan: Span;
  /**
   * Whether the member stands within AWS's claim.
   */
  withinAwsClaim: boolean;
}
/**
 * One part of a token.
 */
export interface PartView {
  /**
   * How many bytes it stands for, as far as it can be decoded.
   */
  bytes: number;
  /**
   * The part's length in the token, in bytes of UTF-8, which are characters unless it is broken.
   */
  length: number;
  /**
   * `header`, `payload` or `signature`; `part 4` and so on for what should not be there.
   */
  name: string;
  /**
   * Where the part begins in the token, in bytes of UTF-8.
   */
  start: number;
  /**
   * Its text, as far as it can be decoded: only of header and payload.
   */
  text?: string;
}
/**
 * A place in an inspected token.
 */
export interface Place {
  /**
   * The same place in the part's decoded text, if it is one.
   */
  decoded?: Span;
  /**
   * Where it ends. Where something is missing, it ends where it begins.
   */
  end: number;
  /**
   * The name of the part: `header`, `payload`, `signature`, `part 4` and so on.
   */
  part: string;
  /**
   * Where the place begins in the token's text, in bytes of UTF-8, after what stood around the token
   * was taken off.
   */
  start: number;
}
/**
 * Whom a service trusts, and for what: who may send it tokens that AWS issued.
 */
export interface Policy {
  /**
   * The signing algorithms you accept. Default: ES384 and RS256, the two that AWS offers.
   */
  algorithms?: Algorithm[];
  /**
   * The audiences that are you: a token must have been issued for one of them, compared exactly.
   * One text or several. Required, unless `dangerAcceptAnyAudience` is set.
   */
  audience?: OneOrMany;
  /**
   * How far this host's clock may differ from AWS's, in seconds, 0 to 300. Default: 30.
   */
  clockToleranceSeconds?: number;
  /**
   * Accept tokens that were issued for anyone. Dangerous: whoever receives such a token for
   * another service can use it here.
   */
  dangerAcceptAnyAudience?: boolean;
  /**
   * Accept tokens of any lifetime. Dangerous: AWS issues none that live longer than an hour.
   */
  dangerAcceptAnyLifetime?: boolean;
  /**
   * Origins of local issuers, for example `http://127.0.0.1:8460`, whose issuers
   * (`<origin>/<label>`) are treated like AWS's own. Dangerous outside development and tests: any
   * process that can listen at that port can then issue tokens.
   */
  dangerLoopbackIssuers?: string[];
  /**
   * How long ago a token may have been issued, in seconds, 1 to 3600. Default: no limit but the
   * token's own expiry.
   */
  maxAgeSeconds?: number;
  /**
   * The longest lifetime (`exp` − `iat`) you accept, in seconds, 60 to 3600. Default: 3600, the
   * longest that AWS issues.
   */
  maxLifetimeSeconds?: number;
  /**
   * Whom you trust. A token must meet all of at least one rule.
   */
  trust: TrustRule[];
}
/**
 * One thing that is wrong with a policy.
 */
export interface PolicyFault {
  /**
   * The stable code.
   */
  code: PolicyCode;
  /**
   * What is wrong, with what was found.
   */
  message: string;
  /**
   * Where in the policy, for example `trust[0].principals[1]`; empty for the policy as a whole.
   */
  path: string;
  /**
   * What to do about it.
   */
  remedy: string;
}
/**
 * The IAM role or user a token speaks for: its `sub`, taken apart.
 *
 * The subject is the ARN of the role itself, with its path; no session name stands in it.
 */
export interface Principal {
  /**
   * The account id, 12 digits.
   */
  account: string;
  /**
   * The whole ARN, as signed.
   */
  arn: string;
  /**
   * Role or user.
   */
  kind: PrincipalKind;
  /**
   * The name, without the path.
   */
  name: string;
  /**
   * The partition: `aws`, `aws-cn`, `aws-us-gov`, …
   */
  partition: string;
  /**
   * The path, with a slash at its beginning and its end; `/` if there is none.
   */
  path: string;
  /**
   * The Identity Center permission set that the role was made for, if it was.
   */
  permissionSet?: string;
}
/**
 * A rejection as other languages receive it, all that its code says included.
 */
export interface Rejection {
  /**
   * The check that failed.
   */
  check: Check;
  /**
   * The stable code.
   */
  code: Code;
  /**
   * What would have passed, as text for people.
   */
  expected: string;
  /**
   * What was there instead, as text for people; long values are shortened.
   */
  found: string;
  /**
   * What is wrong, in one sentence.
   */
  message: string;
  /**
   * What to do about it, in one sentence.
   */
  remedy: string;
  /**
   * Whether the same token may be accepted later without anyone changing anything.
   */
  retryable: boolean;
  /**
   * The HTTP status a service should answer: 401, 403 or 503.
   */
  status: number;
}
/**
 * The result of `explain`: every check, in order, with what was expected and what was found.
 */
export interface Report {
  /**
   * Whether the token is accepted: exactly when `verify` accepts it.
   */
  accepted: boolean;
  /**
   * The checks, in order.
   */
  checks: CheckReport[];
  /**
   * The time for which the checks were made, in seconds since the epoch.
   */
  evaluatedAt: number;
  /**
   * The same as RFC 3339 text.
   */
  evaluatedAtText: string;
  /**
   * Why the token is refused: exactly what `verify` throws.
   */
  rejection?: Rejection;
  /**
   * The name of the trust rule that is met.
   */
  rule?: string;
  /**
   * What became of the signature. Unless it held, nothing the token says is more than a claim.
   */
  signature: SignatureState;
}
/**
 * What became of a snapshot.
 */
export interface Restored {
  /**
   * The issuers whose keys are at hand now.
   */
  loaded: string[];
  /**
   * Those whose keys were not taken, and why.
   */
  skipped: SkippedIssuer[];
}
/**
 * An issuer whose keys were not taken from a snapshot.
 */
export interface SkippedIssuer {
  /**
   * The issuer.
   */
  issuer: string;
  /**
   * Why, as text for people.
   */
  reason: string;
}
/**
 * A stretch of the decoded text of a header or payload.
 */
export interface Span {
  /**
   * Where it ends.
   */
  end: number;
  /**
   * Where it begins, in bytes of UTF-8.
   */
  start: number;
}
/**
 * Whom one rule trusts: all of its members must hold. It names an issuer, or an organization, or both.
 */
export interface TrustRule {
  /**
   * The account ids, one text of 12 digits or several.
   */
  account?: OneOrMany;
  /**
   * The exact issuers, one text or several: an account has exactly one.
   */
  issuer?: OneOrMany;
  /**
   * The rule's name, for identities and reports. Default: its place, such as `trust[0]`.
   */
  name?: string;
  /**
   * The organization id, for example `o-abc1234567`. Any issuer of AWS's form is then trusted for
   * accounts of this organization.
   */
  organization?: string;
  /**
   * Patterns of places in the organization, for example `o-…/r-…/ou-…/**`, which covers that
   * organizational unit and all below it.
   */
  organizationalUnits?: OneOrMany;
  /**
   * Names of Identity Center permission sets; `*` stands for any characters.
   */
  permissionSets?: OneOrMany;
  /**
   * Tags that the role or session must have: for each key one value, or several of which one must
   * hold. Whoever may tag the role or session can set them.
   */
  principalTags?: {
    [k: string]: OneOrMany;
  };
  /**
   * Patterns of roles and users, for example `arn:aws:iam::123456789012:role/billing/*`. `*` stays
   * within one segment of the path; one `**` crosses segments.
   */
  principals?: OneOrMany;
  /**
   * Tags that the request must have. The caller chooses them freely, so they cannot be the only
   * constraint.
   */
  requestTags?: {
    [k: string]: OneOrMany;
  };
  /**
   * The regions whose STS endpoints may have issued the token, one text or several.
   */
  sourceRegions?: OneOrMany;
}
