use std::fmt;

use serde::{Deserialize, Serialize};

/// A signature algorithm that keys are used with (RFC 7518, section 3.1).
///
/// AWS issues ES384 and RS256; ES256 is used by other AWS issuers. There is no HMAC algorithm here, so
/// that a public key can never be taken for a shared secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// ECDSA on P-384 with SHA-384.
    #[serde(rename = "ES384")]
    Es384,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 3] = [Self::Es256, Self::Es384, Self::Rs256];

    /// The algorithm with this name, in exactly this spelling.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }

    /// The name, as it stands in `alg`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Rs256 => "RS256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Algorithm;

    #[test]
    fn names_are_exact_and_the_same_everywhere() {
        for algorithm in Algorithm::ALL {
            let name = algorithm.as_str();
            assert_eq!(Algorithm::parse(name), Some(algorithm));
            assert_eq!(algorithm.to_string(), name);
            assert_eq!(serde_json::to_string(&algorithm).unwrap(), format!("\"{name}\""));
            assert_eq!(Algorithm::parse(&name.to_lowercase()), None);
        }
        for name in ["", "none", "HS256", "RS512", "ES384 ", "PS256"] {
            assert_eq!(Algorithm::parse(name), None, "{name}");
        }
    }
}
