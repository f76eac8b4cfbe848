// Generated from Rust by `cargo xtask generate`: do not edit.

/** Why a token was refused. The spelling of a code never changes once released. */
export type Code =
  /** The account in the subject and the account in AWS's claim are not the same. Remedy: AWS never issues such a token; find out who made it. */
  | "account.disagreement"
  /** The token names an HMAC algorithm, which would turn a public key into a shared secret. Remedy: Ask STS for ES384 or RS256; HMAC tokens are never accepted. */
  | "algorithm.hmac"
  /** The token says that it is not signed. Remedy: Send the token as AWS issued it; unsigned tokens are never accepted. */
  | "algorithm.none"
  /** The token's signing algorithm is not among those the policy allows. Remedy: Ask STS for an allowed SigningAlgorithm, or add the algorithm to the policy. */
  | "algorithm.not_allowed"
  /** The token's signing algorithm is not one that AWS issues. Remedy: Ask STS for ES384 or RS256. */
  | "algorithm.unsupported"
  /** The token was issued for another audience. Remedy: Ask STS for a token with the expected Audience, or add the audience to the policy if it is yours. */
  | "audience.mismatch"
  /** The token lacks AWS's claim, on which the policy depends. Remedy: If the account opted out of the claim `https://sts.amazonaws.com/`, trust it by issuer and principal instead. */
  | "aws_claim.missing"
  /** A required claim is missing. Remedy: Send a token from GetWebIdentityToken, which always has iss, aud, sub, iat, exp and jti. */
  | "claim.missing"
  /** A claim does not have the type that its definition requires. Remedy: Send a token from GetWebIdentityToken, unchanged. */
  | "claim.type"
  /** The header demands an extension (`crit`) that is not understood. Remedy: Send a token from GetWebIdentityToken, whose header has only kid, typ and alg. */
  | "header.critical"
  /** The header does not name its key by a usable `kid`. Remedy: Send a token from GetWebIdentityToken, whose header always has a short text as kid. */
  | "header.key_id"
  /** A header member is missing or does not have the required type. Remedy: Send a token from GetWebIdentityToken, whose header has only kid, typ and alg. */
  | "header.member"
  /** The header changes how the payload is encoded (`b64`, `zip` or `enc`). Remedy: Send a token from GetWebIdentityToken, whose header has only kid, typ and alg. */
  | "header.payload_encoding"
  /** The header's `typ` is not JWT. Remedy: Send the token itself, not an access token or another kind of JWT. */
  | "header.type"
  /** The issuer is the STS service itself, which issues no such tokens. Remedy: Use the account's own issuer, `https://<id>.tokens.sts.global.api.aws` (IAM: GetOutboundWebIdentityFederationInfo). */
  | "issuer.not_a_token_issuer"
  /** The issuer differs from a trusted one only in spelling, and issuers are compared exactly. Remedy: Check for a trailing slash, capitals, a port or white space; the exact text must match. */
  | "issuer.spelling"
  /** No trust rule of the policy covers the token's issuer. Remedy: Add the account's issuer or its organization to the policy's trust rules, if you mean to trust it. */
  | "issuer.untrusted"
  /** The key is of another kind than the token's algorithm needs. Remedy: Send the token unchanged; a key only ever verifies the algorithm it was published for. */
  | "key.algorithm"
  /** The issuer's keys are not loaded yet, and this call does not fetch. Remedy: Verify one token asynchronously first, or give the issuer's key set as static keys. */
  | "key.not_loaded"
  /** The issuer's keys could not be fetched. Remedy: Check that this host can reach the issuer over https (proxy, VPC endpoint, firewall), and try again. */
  | "key.unavailable"
  /** The issuer publishes no key with the token's key id. Remedy: Ask for a new token; if static keys are used, bring them up to date. */
  | "key.unknown"
  /** The issuer publishes a key with the token's key id, but it is not fit for verifying. Remedy: Have the issuer publish a sound key: RSA of 2048 to 4096 bits or P-384, for signatures. */
  | "key.unusable"
  /** Too many tokens are in use at once for another one to be remembered. Remedy: Try again once some of them have expired, or make more room where used tokens are remembered. */
  | "replay.full"
  /** Whether the token was used before could not be found out. Remedy: Check that this host can reach its store of used tokens, and try again, with a new token if this one counts as used by then. */
  | "replay.unavailable"
  /** The signature does not match the token's content and the issuer's key. Remedy: Send the token exactly as AWS issued it; if it was not changed, do not trust its sender. */
  | "signature.invalid"
  /** The signature does not have the form that its algorithm requires. Remedy: Send the token exactly as AWS issued it, whole and with the signature as raw bytes in base64url. */
  | "signature.malformed"
  /** The subject is not the ARN of an IAM role or user. Remedy: Send a token from GetWebIdentityToken, whose subject is the IAM ARN of the caller. */
  | "subject.not_principal"
  /** The token has expired. Remedy: Ask STS for a new token shortly before each use; check this host's clock if it happens at once. */
  | "time.expired"
  /** The token claims to be issued in the future. Remedy: Check this host's clock; AWS's clocks are right. */
  | "time.issued_in_future"
  /** The token lives longer than the policy allows. Remedy: Ask STS for fewer DurationSeconds, or raise maxLifetimeSeconds. */
  | "time.lifetime"
  /** A time in the token is so large that it must be in milliseconds, not seconds. Remedy: Times are seconds since 1970-01-01T00:00:00Z (RFC 7519, NumericDate); AWS's are right. */
  | "time.milliseconds"
  /** The token is not valid yet. Remedy: Use the token after its `nbf`, and check this host's clock. */
  | "time.not_yet_valid"
  /** The token expires before, or at the moment, it was issued. Remedy: AWS never issues such a token; find out who made it. */
  | "time.order"
  /** The token was issued longer ago than the policy allows. Remedy: Ask STS for a new token for each use, or raise maxAgeSeconds. */
  | "time.too_old"
  /** A part of the token is not unpadded base64url. Remedy: Send the token exactly as AWS issued it: no padding, no line breaks, no quotes, no `Bearer `. */
  | "token.base64url"
  /** The token's JSON names a member twice, so that readers could disagree about its value. Remedy: AWS never issues such a token; find out who made it. */
  | "token.duplicate_member"
  /** There is no token. Remedy: Send the token text, for example in `Authorization: Bearer …`. */
  | "token.empty"
  /** The token is encrypted (JWE, five parts), and AWS issues signed ones (three parts). Remedy: Send the signed token from GetWebIdentityToken. */
  | "token.encrypted"
  /** A part of the token is not valid JSON. Remedy: Send the token exactly as AWS issued it. */
  | "token.json"
  /** The token is in a JSON serialization, and only the compact one is accepted. Remedy: Send the compact token: three parts with dots between them. */
  | "token.json_serialization"
  /** A part of the token is base64url with stray bits at its end, so that one token would have several spellings. Remedy: Send the token exactly as AWS issued it; its last character was changed. */
  | "token.non_canonical"
  /** The token's header or payload is JSON, but not an object. Remedy: Send a token from GetWebIdentityToken. */
  | "token.not_an_object"
  /** The token was used before, and each token is accepted once. Remedy: Ask STS for a new token for each use; if the caller did, someone else has used its token. */
  | "token.replayed"
  /** The token does not have three parts with dots between them. Remedy: Send the whole token; it may have been cut off when it was copied or stored. */
  | "token.segments"
  /** The token's JSON is nested deeper than any AWS token. Remedy: AWS never issues such a token; find out who made it. */
  | "token.too_deep"
  /** The token is larger than any that AWS issues. Remedy: Send only the token; AWS limits its payload to 14,984 bytes. */
  | "token.too_large"
  /** A part of the token is not UTF-8 text. Remedy: Send the token exactly as AWS issued it. */
  | "token.utf8"
  /** The token's account is not one that the trust rule names. Remedy: Add the account to the trust rule, if you mean to trust it. */
  | "trust.account"
  /** The token does not come from the organization that the trust rule names. Remedy: Check the organization id; an account outside any organization has none in its tokens. */
  | "trust.organization"
  /** The token's account is not in an organizational unit that the trust rule names. Remedy: Check where the account sits in the organization, or widen organizationalUnits. */
  | "trust.organizational_unit"
  /** The token's principal does not come from a permission set that the trust rule names. Remedy: Check which Identity Center permission set the caller used, or widen permissionSets. */
  | "trust.permission_set"
  /** The token's principal is not one that the trust rule names. Remedy: Compare the ARN with its path, segment by segment: `*` stays within one segment, `**` crosses them. */
  | "trust.principal"
  /** The principal lacks a tag that the trust rule requires, or has another value. Remedy: Tag the role or session in AWS, or change principalTags. */
  | "trust.principal_tag"
  /** The request lacks a tag that the trust rule requires, or has another value. Remedy: Pass the tag to GetWebIdentityToken, or change requestTags. */
  | "trust.request_tag"
  /** The token was requested in a region that the trust rule does not name. Remedy: Use the STS endpoint of an expected region, or widen sourceRegions. */
  | "trust.source_region";

/** Why a policy was refused. The spelling of a code never changes once released. */
export type PolicyCode =
  /** An account is not a 12-digit account id. Remedy: Write the account id as a text of 12 digits, with its leading zeros. */
  | "policy.account"
  /** An algorithm is not one that can be allowed. Remedy: Allow ES384, RS256 or ES256. */
  | "policy.algorithm"
  /** An audience is not one that a token can have. Remedy: Write the exact audience that callers ask STS for: 1 to 1000 characters, no wildcard. */
  | "policy.audience"
  /** The rule is constrained only by request tags, which the caller of GetWebIdentityToken chooses freely. Remedy: Add principals, permissionSets, account, organizationalUnits or principalTags. */
  | "policy.caller_chosen"
  /** Two members exclude each other, so that the rule could never match. Remedy: Correct one of the two. */
  | "policy.contradiction"
  /** The same value stands twice. Remedy: Remove one of the two; it is often a slip for another value. */
  | "policy.duplicate"
  /** A list is empty, so that nothing could ever match it. Remedy: Name at least one value, or leave the member out. */
  | "policy.empty"
  /** The issuer is not an exact https issuer URL. Remedy: Copy it from GetOutboundWebIdentityFederationInfo: `https://<id>.tokens.sts.global.api.aws`, no trailing slash. */
  | "policy.issuer"
  /** The policy is not valid JSON. Remedy: Correct the JSON at the place named. */
  | "policy.json"
  /** A loopback issuer is not the plain http origin of a local issuer. Remedy: Write scheme, loopback address and port only, for example http://127.0.0.1:8460. */
  | "policy.loopback_issuer"
  /** A required member is missing. Remedy: Add it; to leave a check out, say so with the member whose name begins with `danger`. */
  | "policy.missing"
  /** The organization is not an AWS Organizations id. Remedy: Write it as o- and 10 to 32 small letters or digits (Organizations: DescribeOrganization). */
  | "policy.organization"
  /** The organizational unit is not a path pattern from the organization down. Remedy: Write o-…/r-…/ou-…, with `*` for one level, or `**` at the end for all below. */
  | "policy.organizational_unit"
  /** The permission set is not a name or pattern of one. Remedy: Write the permission set's name: 1 to 32 of letters, digits and +=,.@-_, or `*`. */
  | "policy.permission_set"
  /** The principal is not an IAM ARN pattern. Remedy: Write `arn:aws:iam::<account or *>:role/<path and name>`, with `*` within a segment and one `**` across segments. */
  | "policy.principal"
  /** A number is outside its range. Remedy: Choose a whole number within the range. */
  | "policy.range"
  /** A rule's name cannot be used. Remedy: Give each rule a name of its own, 1 to 100 characters. */
  | "policy.rule_name"
  /** The source region is not an AWS region code. Remedy: Write a region code such as eu-west-1. */
  | "policy.source_region"
  /** A tag requirement is not one that a token could meet. Remedy: Name a tag key of 1 to 128 characters, and values of 0 to 256. */
  | "policy.tag"
  /** A member does not have the required type. Remedy: See the policy's JSON Schema (`countersign policy schema`). */
  | "policy.type"
  /** The rule names neither an issuer nor an organization, so it would trust every AWS customer. Remedy: Pin the account's issuer, or name your organization. */
  | "policy.unbounded"
  /** The policy has no such member. Remedy: Correct the spelling; unknown members are refused so that no setting is lost. */
  | "policy.unknown_member";
