//! Codes for what can be wrong with a discovery document, a key set, and one key of a set.

use crate::error::codes;

codes! {
    /// Why a discovery document was refused. The spelling of a code never changes once released.
    pub enum DiscoveryCode {
        Issuer = "discovery.issuer" (503, retryable) {
            fault: "The discovery document names another issuer than the one it was fetched from.",
            remedy: "Check the issuer's spelling; whoever serves the document must name exactly this issuer.",
        }
        Json = "discovery.json" (503, retryable) {
            fault: "The discovery document is not a strict JSON object.",
            remedy: "Check that the issuer's own document arrives, not the page of a proxy or login form.",
        }
        JwksUri = "discovery.jwks_uri" (503, retryable) {
            fault: "The discovery document does not say where the key set is in a usable way.",
            remedy: "Have the issuer publish jwks_uri as a plain https URL.",
        }
        JwksUriOrigin = "discovery.jwks_uri_origin" (503, retryable) {
            fault: "The discovery document places the key set on another origin than the issuer's.",
            remedy: "Have the issuer publish its key set on its own scheme, host and port.",
        }
        TooLarge = "discovery.too_large" (503, retryable) {
            fault: "The discovery document is larger than allowed.",
            remedy: "Check that the issuer's own document arrives; AWS's has less than 1 kB.",
        }
        Utf8 = "discovery.utf8" (503, retryable) {
            fault: "The discovery document is not UTF-8 text.",
            remedy: "Check that the issuer's own document arrives, decompressed.",
        }
    }
}

codes! {
    /// Why one key of a set is not used. The spelling of a code never changes once released.
    pub enum JwkCode {
        Algorithm = "jwk.algorithm" (401) {
            fault: "The key's `alg` is not the one that goes with its kind.",
            remedy: "Publish RSA keys as RS256, P-384 keys as ES384 and P-256 keys as ES256.",
        }
        Ambiguous = "jwk.ambiguous" (401) {
            fault: "Several keys have this key id and algorithm, so that it is not said which is meant.",
            remedy: "Give each key of the set a key id of its own.",
        }
        Coordinate = "jwk.coordinate" (401) {
            fault: "A coordinate does not have the length that the curve requires.",
            remedy: "Encode coordinates with all their leading zero octets (RFC 7518, section 6.2.1.2).",
        }
        Curve = "jwk.curve" (401) {
            fault: "The key is on a curve that is not used here.",
            remedy: "Publish a key on P-384 or P-256.",
        }
        Encoding = "jwk.encoding" (401) {
            fault: "A member of the key is not canonical base64url.",
            remedy: "Encode it as base64url without padding, line breaks and stray bits.",
        }
        Exponent = "jwk.exponent" (401) {
            fault: "The RSA exponent is not fit for use.",
            remedy: "Publish a key with the usual exponent 65537 (AQAB).",
        }
        KeyId = "jwk.key_id" (401) {
            fault: "The key has no usable key id.",
            remedy: "Give the key a `kid` of 1 to 256 printable characters.",
        }
        KeyOperations = "jwk.key_operations" (401) {
            fault: "The key's `key_ops` do not allow verifying.",
            remedy: "Publish the key with key_ops [\"verify\"], or without the member.",
        }
        KeyType = "jwk.key_type" (401) {
            fault: "The key is of a kind that is not used here.",
            remedy: "Publish an RSA or EC key.",
        }
        Member = "jwk.member" (401) {
            fault: "A member of the key is missing or does not have the required type.",
            remedy: "Publish the key as RFC 7518, section 6 requires.",
        }
        Modulus = "jwk.modulus" (401) {
            fault: "The RSA modulus is not fit for use.",
            remedy: "Publish a key of 2048 to 4096 bits, its modulus without leading zero octets.",
        }
        Point = "jwk.point" (401) {
            fault: "The coordinates are not those of a point on the curve.",
            remedy: "Publish the key as it was generated; with this one nothing can be verified.",
        }
        Private = "jwk.private" (401) {
            fault: "The key is published together with its private half.",
            remedy: "Withdraw this key at once; publish a new one, with public members only.",
        }
        Use = "jwk.use" (401) {
            fault: "The key's `use` is not signatures.",
            remedy: "Publish the key with use \"sig\", or without the member.",
        }
    }
}

codes! {
    /// Why a key set was refused as a whole. The spelling of a code never changes once released.
    pub enum KeySetCode {
        Certificate = "key_set.certificate" (503) {
            fault: "This is a certificate, and a key is needed.",
            remedy: "Take the key out with `openssl x509 -pubkey -noout`, once you know that the certificate is the right one.",
        }
        Json = "key_set.json" (503, retryable) {
            fault: "The key set is not strict JSON.",
            remedy: "Check that the issuer's own key set arrives, not the page of a proxy or login form.",
        }
        Keys = "key_set.keys" (503, retryable) {
            fault: "The document has no array `keys`, so it is not a key set.",
            remedy: "Fetch the issuer's jwks_uri, which answers {\"keys\":[…]} (RFC 7517, section 5).",
        }
        NoKeyId = "key_set.no_key_id" (503) {
            fault: "The key has no key id, and no token says which one it is meant for.",
            remedy: "Give the token first, so that its key id can be taken, or give the key as a JWK with a `kid`.",
        }
        Pem = "key_set.pem" (503) {
            fault: "The PEM text is not a public key that can be read.",
            remedy: "Paste one whole block, from `-----BEGIN PUBLIC KEY-----` to `-----END PUBLIC KEY-----`.",
        }
        PrivateKey = "key_set.private_key" (503) {
            fault: "This is a private key, and once it was pasted anywhere it must be considered disclosed.",
            remedy: "Replace that key wherever it is used; only the public half belongs here.",
        }
        SeveralPem = "key_set.several_pem" (503) {
            fault: "There are several PEM keys, and PEM has no key ids that would tell them apart.",
            remedy: "Paste the one key that the token names, or a key set.",
        }
        TooLarge = "key_set.too_large" (503, retryable) {
            fault: "The key set is larger than allowed.",
            remedy: "Check that the issuer's own key set arrives; AWS's has about 1 kB.",
        }
        TooManyKeys = "key_set.too_many_keys" (503, retryable) {
            fault: "The key set has more keys than allowed.",
            remedy: "Have the issuer withdraw keys that it no longer signs with.",
        }
        Utf8 = "key_set.utf8" (503, retryable) {
            fault: "The key set is not UTF-8 text.",
            remedy: "Check that the issuer's own key set arrives, decompressed.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DiscoveryCode, JwkCode, KeySetCode};

    type Spoken = (&'static str, &'static str, &'static str);

    #[test]
    fn codes_are_sorted_distinct_and_well_spoken() {
        let discovery = DiscoveryCode::ALL.iter().map(|c| (c.as_str(), c.fault(), c.remedy()));
        let jwk = JwkCode::ALL.iter().map(|c| (c.as_str(), c.fault(), c.remedy()));
        let key_set = KeySetCode::ALL.iter().map(|c| (c.as_str(), c.fault(), c.remedy()));
        let all: Vec<Spoken> = discovery.chain(jwk).chain(key_set).collect();
        assert!(all.is_sorted_by(|a, b| a.0 < b.0), "sorted and distinct");
        for (code, fault, remedy) in all {
            assert!(code.split_once('.').is_some(), "{code}");
            assert!(fault.ends_with('.') && remedy.ends_with('.'), "{code}: sentences");
            assert_ne!(fault, remedy, "{code}");
        }
    }
}
