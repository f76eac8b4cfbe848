use serde::{Serialize, Serializer};

macro_rules! checks {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal,)+) => {
        /// The checks of a token, in the order in which they are made: cheap ones before costly ones,
        /// and of several faults the most telling first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum Check {
            $(
                $(#[doc = $doc])+
                #[cfg_attr(feature = "schema", schemars(rename = $text))]
                $variant,
            )+
        }

        impl Serialize for Check {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl Check {
            /// Every check, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What is checked, in one sentence.
            pub const fn question(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii()),+ }
            }
        }
    };
}

checks! {
    /// The token is not empty and not larger than any that AWS issues.
    Size = "size",
    /// The token has three parts with dots between them.
    Structure = "structure",
    /// Each part is canonical base64url, and header and payload are UTF-8.
    Encoding = "encoding",
    /// Header and payload are JSON objects without duplicate members or deep nesting.
    Json = "json",
    /// The signing algorithm is one that the policy allows.
    Algorithm = "algorithm",
    /// The header demands nothing unknown, is of type JWT and names its key.
    Header = "header",
    /// A trust rule covers the issuer.
    Issuer = "issuer",
    /// The organization and account that the token claims are trusted, before anything is fetched.
    ClaimedTrust = "claimed_trust",
    /// The issuer publishes a sound key with the token's key id.
    Key = "key",
    /// The signature matches content and key.
    Signature = "signature",
    /// The token has not expired.
    Expiry = "expiry",
    /// The token was issued in the past.
    IssuedAt = "issued_at",
    /// The token is valid already.
    NotBefore = "not_before",
    /// The token does not live longer than the policy allows.
    Lifetime = "lifetime",
    /// The token was not issued longer ago than the policy allows.
    Age = "age",
    /// The token has an id.
    TokenId = "token_id",
    /// The token was issued for an expected audience.
    Audience = "audience",
    /// The subject is an IAM role or user.
    Subject = "subject",
    /// AWS's claim has the types that AWS documents.
    AwsClaim = "aws_claim",
    /// The account in the subject and the account in AWS's claim are the same.
    Account = "account",
    /// A trust rule is met in full.
    Trust = "trust",
    /// The token was not used before.
    Replay = "replay",
}

#[cfg(test)]
mod tests {
    use super::Check;

    #[test]
    fn each_check_asks_something_of_its_own() {
        let mut questions: Vec<_> = Check::ALL.iter().map(|check| check.question()).collect();
        assert!(questions.iter().all(|question| question.ends_with('.') && question.len() > 10));
        questions.sort_unstable();
        questions.dedup();
        assert_eq!(questions.len(), Check::ALL.len());
        assert!(Check::ALL.is_sorted());
    }
}
