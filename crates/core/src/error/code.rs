//! The one list of codes that every door shares.

/// Defines a code enum: its variants, their stable spelling, and everything that is said about each.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($variant:ident = $text:literal ($status:literal $(, $retry:ident)?) {
                fault: $fault:literal,
                remedy: $remedy:literal,
            })+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $fault]
                #[doc = ""]
                #[doc = concat!("Remedy: ", $remedy)]
                #[cfg_attr(feature = "schema", schemars(rename = $text))]
                $variant,
            )+
        }

        impl $name {
            /// Every code, in alphabetical order of its spelling.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable spelling, for example `audience.mismatch`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What is wrong, in one sentence.
            pub const fn fault(self) -> &'static str {
                match self { $(Self::$variant => $fault),+ }
            }

            /// What to do about it, in one sentence.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy),+ }
            }

            /// The HTTP status a service should answer: 401 for a bad token, 403 when the policy does
            /// not allow a genuine one, 503 when keys, or word on replay, cannot be had; 500 for the service's own policy.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// Whether the same token may be accepted later without anyone changing anything.
            pub const fn retryable(self) -> bool {
                match self { $(Self::$variant => false $(|| codes!(@retry $retry))?),+ }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    (@retry retryable) => { true };
}
pub(crate) use codes;

codes! {
    /// Why a token was refused. The spelling of a code never changes once released.
    pub enum Code {
        AccountDisagreement = "account.disagreement" (401) {
            fault: "The account in the subject and the account in AWS's claim are not the same.",
            remedy: "AWS never issues such a token; find out who made it.",
        }
        AlgorithmHmac = "algorithm.hmac" (401) {
            fault: "The token names an HMAC algorithm, which would turn a public key into a shared secret.",
            remedy: "Ask STS for ES384 or RS256; HMAC tokens are never accepted.",
        }
        AlgorithmNone = "algorithm.none" (401) {
            fault: "The token says that it is not signed.",
            remedy: "Send the token as AWS issued it; unsigned tokens are never accepted.",
        }
        AlgorithmNotAllowed = "algorithm.not_allowed" (401) {
            fault: "The token's signing algorithm is not among those the policy allows.",
            remedy: "Ask STS for an allowed SigningAlgorithm, or add the algorithm to the policy.",
        }
        AlgorithmUnsupported = "algorithm.unsupported" (401) {
            fault: "The token's signing algorithm is not one that AWS issues.",
            remedy: "Ask STS for ES384 or RS256.",
        }
        AudienceMismatch = "audience.mismatch" (401) {
            fault: "The token was issued for another audience.",
            remedy: "Ask STS for a token with the expected Audience, or add the audience to the policy if it is yours.",
        }
        AwsClaimMissing = "aws_claim.missing" (403) {
            fault: "The token lacks AWS's claim, on which the policy depends.",
            remedy: "If the account opted out of the claim `https://sts.amazonaws.com/`, trust it by issuer and principal instead.",
        }
        ClaimMissing = "claim.missing" (401) {
            fault: "A required claim is missing.",
            remedy: "Send a token from GetWebIdentityToken, which always has iss, aud, sub, iat, exp and jti.",
        }
        ClaimType = "claim.type" (401) {
            fault: "A claim does not have the type that its definition requires.",
            remedy: "Send a token from GetWebIdentityToken, unchanged.",
        }
        HeaderCritical = "header.critical" (401) {
            fault: "The header demands an extension (`crit`) that is not understood.",
            remedy: "Send a token from GetWebIdentityToken, whose header has only kid, typ and alg.",
        }
        HeaderKeyId = "header.key_id" (401) {
            fault: "The header does not name its key by a usable `kid`.",
            remedy: "Send a token from GetWebIdentityToken, whose header always has a short text as kid.",
        }
        HeaderMember = "header.member" (401) {
            fault: "A header member is missing or does not have the required type.",
            remedy: "Send a token from GetWebIdentityToken, whose header has only kid, typ and alg.",
        }
        HeaderPayloadEncoding = "header.payload_encoding" (401) {
            fault: "The header changes how the payload is encoded (`b64`, `zip` or `enc`).",
            remedy: "Send a token from GetWebIdentityToken, whose header has only kid, typ and alg.",
        }
        HeaderType = "header.type" (401) {
            fault: "The header's `typ` is not JWT.",
            remedy: "Send the token itself, not an access token or another kind of JWT.",
        }
        IssuerNotATokenIssuer = "issuer.not_a_token_issuer" (401) {
            fault: "The issuer is the STS service itself, which issues no such tokens.",
            remedy: "Use the account's own issuer, `https://<id>.tokens.sts.global.api.aws` (IAM: GetOutboundWebIdentityFederationInfo).",
        }
        IssuerSpelling = "issuer.spelling" (401) {
            fault: "The issuer differs from a trusted one only in spelling, and issuers are compared exactly.",
            remedy: "Check for a trailing slash, capitals, a port or white space; the exact text must match.",
        }
        IssuerUntrusted = "issuer.untrusted" (401) {
            fault: "No trust rule of the policy covers the token's issuer.",
            remedy: "Add the account's issuer or its organization to the policy's trust rules, if you mean to trust it.",
        }
        KeyAlgorithm = "key.algorithm" (401) {
            fault: "The key is of another kind than the token's algorithm needs.",
            remedy: "Send the token unchanged; a key only ever verifies the algorithm it was published for.",
        }
        KeyNotLoaded = "key.not_loaded" (503, retryable) {
            fault: "The issuer's keys are not loaded yet, and this call does not fetch.",
            remedy: "Verify one token asynchronously first, or give the issuer's key set as static keys.",
        }
        KeyUnavailable = "key.unavailable" (503, retryable) {
            fault: "The issuer's keys could not be fetched.",
            remedy: "Check that this host can reach the issuer over https (proxy, VPC endpoint, firewall), and try again.",
        }
        KeyUnknown = "key.unknown" (401) {
            fault: "The issuer publishes no key with the token's key id.",
            remedy: "Ask for a new token; if static keys are used, bring them up to date.",
        }
        KeyUnusable = "key.unusable" (401) {
            fault: "The issuer publishes a key with the token's key id, but it is not fit for verifying.",
            remedy: "Have the issuer publish a sound key: RSA of 2048 to 4096 bits or P-384, for signatures.",
        }
        ReplayFull = "replay.full" (503, retryable) {
            fault: "Too many tokens are in use at once for another one to be remembered.",
            remedy: "Try again once some of them have expired, or make more room where used tokens are remembered.",
        }
        ReplayUnavailable = "replay.unavailable" (503, retryable) {
            fault: "Whether the token was used before could not be found out.",
            remedy: "Check that this host can reach its store of used tokens, and try again, with a new token if this one counts as used by then.",
        }
        SignatureInvalid = "signature.invalid" (401) {
            fault: "The signature does not match the token's content and the issuer's key.",
            remedy: "Send the token exactly as AWS issued it; if it was not changed, do not trust its sender.",
        }
        SignatureMalformed = "signature.malformed" (401) {
            fault: "The signature does not have the form that its algorithm requires.",
            remedy: "Send the token exactly as AWS issued it, whole and with the signature as raw bytes in base64url.",
        }
        SubjectNotPrincipal = "subject.not_principal" (401) {
            fault: "The subject is not the ARN of an IAM role or user.",
            remedy: "Send a token from GetWebIdentityToken, whose subject is the IAM ARN of the caller.",
        }
        TimeExpired = "time.expired" (401) {
            fault: "The token has expired.",
            remedy: "Ask STS for a new token shortly before each use; check this host's clock if it happens at once.",
        }
        TimeIssuedInFuture = "time.issued_in_future" (401, retryable) {
            fault: "The token claims to be issued in the future.",
            remedy: "Check this host's clock; AWS's clocks are right.",
        }
        TimeLifetime = "time.lifetime" (401) {
            fault: "The token lives longer than the policy allows.",
            remedy: "Ask STS for fewer DurationSeconds, or raise maxLifetimeSeconds.",
        }
        TimeMilliseconds = "time.milliseconds" (401) {
            fault: "A time in the token is so large that it must be in milliseconds, not seconds.",
            remedy: "Times are seconds since 1970-01-01T00:00:00Z (RFC 7519, NumericDate); AWS's are right.",
        }
        TimeNotYetValid = "time.not_yet_valid" (401, retryable) {
            fault: "The token is not valid yet.",
            remedy: "Use the token after its `nbf`, and check this host's clock.",
        }
        TimeOrder = "time.order" (401) {
            fault: "The token expires before, or at the moment, it was issued.",
            remedy: "AWS never issues such a token; find out who made it.",
        }
        TimeTooOld = "time.too_old" (401) {
            fault: "The token was issued longer ago than the policy allows.",
            remedy: "Ask STS for a new token for each use, or raise maxAgeSeconds.",
        }
        TokenBase64url = "token.base64url" (401) {
            fault: "A part of the token is not unpadded base64url.",
            remedy: "Send the token exactly as AWS issued it: no padding, no line breaks, no quotes, no `Bearer `.",
        }
        TokenDuplicateMember = "token.duplicate_member" (401) {
            fault: "The token's JSON names a member twice, so that readers could disagree about its value.",
            remedy: "AWS never issues such a token; find out who made it.",
        }
        TokenEmpty = "token.empty" (401) {
            fault: "There is no token.",
            remedy: "Send the token text, for example in `Authorization: Bearer …`.",
        }
        TokenEncrypted = "token.encrypted" (401) {
            fault: "The token is encrypted (JWE, five parts), and AWS issues signed ones (three parts).",
            remedy: "Send the signed token from GetWebIdentityToken.",
        }
        TokenJson = "token.json" (401) {
            fault: "A part of the token is not valid JSON.",
            remedy: "Send the token exactly as AWS issued it.",
        }
        TokenJsonSerialization = "token.json_serialization" (401) {
            fault: "The token is in a JSON serialization, and only the compact one is accepted.",
            remedy: "Send the compact token: three parts with dots between them.",
        }
        TokenNonCanonical = "token.non_canonical" (401) {
            fault: "A part of the token is base64url with stray bits at its end, so that one token would have several spellings.",
            remedy: "Send the token exactly as AWS issued it; its last character was changed.",
        }
        TokenNotAnObject = "token.not_an_object" (401) {
            fault: "The token's header or payload is JSON, but not an object.",
            remedy: "Send a token from GetWebIdentityToken.",
        }
        TokenReplayed = "token.replayed" (401) {
            fault: "The token was used before, and each token is accepted once.",
            remedy: "Ask STS for a new token for each use; if the caller did, someone else has used its token.",
        }
        TokenSegments = "token.segments" (401) {
            fault: "The token does not have three parts with dots between them.",
            remedy: "Send the whole token; it may have been cut off when it was copied or stored.",
        }
        TokenTooDeep = "token.too_deep" (401) {
            fault: "The token's JSON is nested deeper than any AWS token.",
            remedy: "AWS never issues such a token; find out who made it.",
        }
        TokenTooLarge = "token.too_large" (401) {
            fault: "The token is larger than any that AWS issues.",
            remedy: "Send only the token; AWS limits its payload to 14,984 bytes.",
        }
        TokenUtf8 = "token.utf8" (401) {
            fault: "A part of the token is not UTF-8 text.",
            remedy: "Send the token exactly as AWS issued it.",
        }
        TrustAccount = "trust.account" (403) {
            fault: "The token's account is not one that the trust rule names.",
            remedy: "Add the account to the trust rule, if you mean to trust it.",
        }
        TrustOrganization = "trust.organization" (403) {
            fault: "The token does not come from the organization that the trust rule names.",
            remedy: "Check the organization id; an account outside any organization has none in its tokens.",
        }
        TrustOrganizationalUnit = "trust.organizational_unit" (403) {
            fault: "The token's account is not in an organizational unit that the trust rule names.",
            remedy: "Check where the account sits in the organization, or widen organizationalUnits.",
        }
        TrustPermissionSet = "trust.permission_set" (403) {
            fault: "The token's principal does not come from a permission set that the trust rule names.",
            remedy: "Check which Identity Center permission set the caller used, or widen permissionSets.",
        }
        TrustPrincipal = "trust.principal" (403) {
            fault: "The token's principal is not one that the trust rule names.",
            remedy: "Compare the ARN with its path, segment by segment: `*` stays within one segment, `**` crosses them.",
        }
        TrustPrincipalTag = "trust.principal_tag" (403) {
            fault: "The principal lacks a tag that the trust rule requires, or has another value.",
            remedy: "Tag the role or session in AWS, or change principalTags.",
        }
        TrustRequestTag = "trust.request_tag" (403) {
            fault: "The request lacks a tag that the trust rule requires, or has another value.",
            remedy: "Pass the tag to GetWebIdentityToken, or change requestTags.",
        }
        TrustSourceRegion = "trust.source_region" (403) {
            fault: "The token was requested in a region that the trust rule does not name.",
            remedy: "Use the STS endpoint of an expected region, or widen sourceRegions.",
        }
    }
}

codes! {
    /// Why a policy was refused when it was built. The spelling of a code never changes once released.
    pub enum PolicyCode {
        Account = "policy.account" (500) {
            fault: "An account is not a 12-digit account id.",
            remedy: "Write the account id as a text of 12 digits, with its leading zeros.",
        }
        Algorithm = "policy.algorithm" (500) {
            fault: "An algorithm is not one that can be allowed.",
            remedy: "Allow ES384, RS256 or ES256.",
        }
        Audience = "policy.audience" (500) {
            fault: "An audience is not one that a token can have.",
            remedy: "Write the exact audience that callers ask STS for: 1 to 1000 characters, no wildcard.",
        }
        CallerChosen = "policy.caller_chosen" (500) {
            fault: "The rule is constrained only by request tags, which the caller of GetWebIdentityToken chooses freely.",
            remedy: "Add principals, permissionSets, account, organizationalUnits or principalTags.",
        }
        Contradiction = "policy.contradiction" (500) {
            fault: "Two members exclude each other, so that the rule could never match.",
            remedy: "Correct one of the two.",
        }
        Duplicate = "policy.duplicate" (500) {
            fault: "The same value stands twice.",
            remedy: "Remove one of the two; it is often a slip for another value.",
        }
        Empty = "policy.empty" (500) {
            fault: "A list is empty, so that nothing could ever match it.",
            remedy: "Name at least one value, or leave the member out.",
        }
        Issuer = "policy.issuer" (500) {
            fault: "The issuer is not an exact https issuer URL.",
            remedy: "Copy it from GetOutboundWebIdentityFederationInfo: `https://<id>.tokens.sts.global.api.aws`, no trailing slash.",
        }
        Json = "policy.json" (500) {
            fault: "The policy is not valid JSON.",
            remedy: "Correct the JSON at the place named.",
        }
        LoopbackIssuer = "policy.loopback_issuer" (500) {
            fault: "A loopback issuer is not the plain http origin of a local issuer.",
            remedy: "Write scheme, loopback address and port only, for example http://127.0.0.1:8460.",
        }
        Missing = "policy.missing" (500) {
            fault: "A required member is missing.",
            remedy: "Add it; to leave a check out, say so with the member whose name begins with `danger`.",
        }
        Organization = "policy.organization" (500) {
            fault: "The organization is not an AWS Organizations id.",
            remedy: "Write it as o- and 10 to 32 small letters or digits (Organizations: DescribeOrganization).",
        }
        OrganizationalUnit = "policy.organizational_unit" (500) {
            fault: "The organizational unit is not a path pattern from the organization down.",
            remedy: "Write o-…/r-…/ou-…, with `*` for one level, or `**` at the end for all below.",
        }
        PermissionSet = "policy.permission_set" (500) {
            fault: "The permission set is not a name or pattern of one.",
            remedy: "Write the permission set's name: 1 to 32 of letters, digits and +=,.@-_, or `*`.",
        }
        Principal = "policy.principal" (500) {
            fault: "The principal is not an IAM ARN pattern.",
            remedy: "Write `arn:aws:iam::<account or *>:role/<path and name>`, with `*` within a segment and one `**` across segments.",
        }
        Range = "policy.range" (500) {
            fault: "A number is outside its range.",
            remedy: "Choose a whole number within the range.",
        }
        RuleName = "policy.rule_name" (500) {
            fault: "A rule's name cannot be used.",
            remedy: "Give each rule a name of its own, 1 to 100 characters.",
        }
        SourceRegion = "policy.source_region" (500) {
            fault: "The source region is not an AWS region code.",
            remedy: "Write a region code such as eu-west-1.",
        }
        Tag = "policy.tag" (500) {
            fault: "A tag requirement is not one that a token could meet.",
            remedy: "Name a tag key of 1 to 128 characters, and values of 0 to 256.",
        }
        Type = "policy.type" (500) {
            fault: "A member does not have the required type.",
            remedy: "See the policy's JSON Schema (`countersign policy schema`).",
        }
        Unbounded = "policy.unbounded" (500) {
            fault: "The rule names neither an issuer nor an organization, so it would trust every AWS customer.",
            remedy: "Pin the account's issuer, or name your organization.",
        }
        UnknownMember = "policy.unknown_member" (500) {
            fault: "The policy has no such member.",
            remedy: "Correct the spelling; unknown members are refused so that no setting is lost.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, PolicyCode};

    #[test]
    fn codes_are_sorted_distinct_and_well_spoken() {
        let lists: [Vec<(&str, &str, &str)>; 2] = [
            Code::ALL.iter().map(|c| (c.as_str(), c.fault(), c.remedy())).collect(),
            PolicyCode::ALL.iter().map(|c| (c.as_str(), c.fault(), c.remedy())).collect(),
        ];
        for list in lists {
            assert!(list.is_sorted_by(|a, b| a.0 < b.0), "sorted and distinct");
            for (code, fault, remedy) in list {
                assert!(code.split_once('.').is_some(), "{code}");
                assert!(fault.ends_with('.') && remedy.ends_with('.'), "{code}: sentences");
                assert!(!remedy.is_empty() && fault != remedy, "{code}");
            }
        }
    }

    #[test]
    fn only_what_time_can_heal_is_retryable() {
        let retryable: Vec<&str> =
            Code::ALL.iter().filter(|c| c.retryable()).map(|c| c.as_str()).collect();
        assert_eq!(
            retryable,
            [
                "key.not_loaded",
                "key.unavailable",
                "replay.full",
                "replay.unavailable",
                "time.issued_in_future",
                "time.not_yet_valid"
            ]
        );
    }
}
