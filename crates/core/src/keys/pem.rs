//! Public keys in PEM (RFC 7468): SubjectPublicKeyInfo (RFC 5280) and RSAPublicKey (RFC 8017).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spki::der::Decode as _;
use spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::code::{JwkCode, KeySetCode};
use super::fault::{KeySetFault, SkipReason, quoted};
use super::jwk;
use super::key::Key;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// The longest label shown. RFC 7468 has none longer than 21 characters.
const LONGEST_LABEL: usize = 40;

// RFC 3279, section 2.3.1; RFC 5480, section 2.1.1.
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// A public key, decoded from PEM but not yet read.
pub(super) struct PublicKey {
    der: Vec<u8>,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    SubjectPublicKeyInfo,
    RsaPublicKey,
}

/// Whether a text holds a PEM block.
pub(super) fn is_pem(text: &[u8]) -> bool {
    let begin = BEGIN.trim_ascii_end().as_bytes();
    text.windows(begin.len()).any(|window| window == begin)
}

/// The kind of private key that stands in a text, if one does.
pub(super) fn private_label(text: &[u8]) -> Option<&'static str> {
    const LABEL: &[u8] = b"PRIVATE KEY-----";
    text.windows(LABEL.len()).any(|window| window == LABEL).then_some("a private key in PEM")
}

/// The one public key of a text.
pub(super) fn public_key(text: &[u8]) -> Result<PublicKey, KeySetFault> {
    let text = std::str::from_utf8(text).map_err(|_| fault("text that is not UTF-8"))?;
    let mut blocks = Blocks(text);
    let block = blocks.next().unwrap_or_else(|| Err(fault("no block")))?;
    let form = match block.label {
        "PUBLIC KEY" => Form::SubjectPublicKeyInfo,
        "RSA PUBLIC KEY" => Form::RsaPublicKey,
        "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => {
            let found = "a certificate in PEM";
            return Err(KeySetFault::new(KeySetCode::Certificate, "a public key", found));
        }
        label if label.len() > LONGEST_LABEL => return Err(fault("a long label")),
        label => return Err(fault(&format!("the label {}", quoted(label)))),
    };
    if blocks.next().is_some() {
        let found = "several blocks";
        return Err(KeySetFault::new(KeySetCode::SeveralPem, "one PEM block", found));
    }
    Ok(PublicKey { der: block.decode()?, form })
}

impl PublicKey {
    /// Reads the key, under the id that it is taken to have.
    pub(super) fn read(&self, key_id: &str) -> Result<Key, SkipReason> {
        match self.form {
            Form::SubjectPublicKeyInfo => subject_public_key_info(&self.der, key_id),
            Form::RsaPublicKey => rsa_public_key(&self.der, key_id),
        }
    }
}

fn subject_public_key_info(der: &[u8], key_id: &str) -> Result<Key, SkipReason> {
    let info = SubjectPublicKeyInfoRef::from_der(der)
        .map_err(|_| encoding("SubjectPublicKeyInfo (RFC 5280)"))?;
    let bytes =
        info.subject_public_key.as_bytes().ok_or_else(|| encoding("a key of whole octets"))?;
    match info.algorithm.oid {
        RSA_ENCRYPTION => rsa_public_key(bytes, key_id),
        EC_PUBLIC_KEY => match info.algorithm.parameters_oid() {
            Ok(P256) => point(bytes, 32, "P-256", Key::p256_point(key_id.to_owned(), bytes)),
            Ok(P384) => point(bytes, 48, "P-384", Key::p384_point(key_id.to_owned(), bytes)),
            Ok(other) => Err(SkipReason::new(JwkCode::Curve, "P-384 or P-256", identifier(other))),
            Err(_) => Err(SkipReason::new(JwkCode::Curve, "P-384 or P-256", "no named curve")),
        },
        other => Err(SkipReason::new(JwkCode::KeyType, "an RSA or EC key", identifier(other))),
    }
}

fn rsa_public_key(der: &[u8], key_id: &str) -> Result<Key, SkipReason> {
    let key =
        pkcs1::RsaPublicKeyRef::from_der(der).map_err(|_| encoding("RSAPublicKey (RFC 8017)"))?;
    jwk::rsa(key_id.to_owned(), key.modulus.as_bytes(), key.public_exponent.as_bytes())
}

/// The key of a point (SEC 1, section 2.3.3), or what is wrong with the point.
fn point(
    bytes: &[u8],
    coordinate: usize,
    curve: &str,
    key: Option<Key>,
) -> Result<Key, SkipReason> {
    let (compressed, uncompressed) = (1 + coordinate, 1 + 2 * coordinate);
    if bytes.len() != compressed && bytes.len() != uncompressed {
        let expected = format!("a point of {compressed} or {uncompressed} bytes");
        let found = format!("{} bytes", bytes.len());
        return Err(SkipReason::new(JwkCode::Coordinate, expected, found));
    }
    key.ok_or_else(|| {
        SkipReason::new(JwkCode::Point, format!("a point on {curve}"), "other octets")
    })
}

fn identifier(identifier: ObjectIdentifier) -> String {
    let text = identifier.to_string();
    format!("the object identifier {}", text.get(..LONGEST_LABEL).unwrap_or(&text))
}

fn encoding(expected: &str) -> SkipReason {
    SkipReason::new(JwkCode::Encoding, format!("{expected} in DER"), "other bytes")
}

fn fault(found: &str) -> KeySetFault {
    KeySetFault::new(KeySetCode::Pem, "one PEM block with the label PUBLIC KEY", found)
}

/// The PEM blocks of a text, in order; what stands between them is passed over (RFC 7468, section 2).
struct Blocks<'t>(&'t str);

struct Block<'t> {
    label: &'t str,
    body: &'t str,
}

impl<'t> Iterator for Blocks<'t> {
    type Item = Result<Block<'t>, KeySetFault>;

    fn next(&mut self) -> Option<Self::Item> {
        let (_, rest) = std::mem::take(&mut self.0).split_once(BEGIN)?;
        let Some((label, rest)) = rest.split_once(DASHES) else {
            return Some(Err(fault("a first line without its end")));
        };
        let Some((body, rest)) = rest.split_once("-----END ") else {
            return Some(Err(fault("no line that ends the block")));
        };
        let Some((end, rest)) = rest.split_once(DASHES) else {
            return Some(Err(fault("a last line without its end")));
        };
        self.0 = rest;
        Some(if label == end {
            Ok(Block { label, body })
        } else {
            Err(fault("a block that ends with another label"))
        })
    }
}

impl Block<'_> {
    /// Decodes the body. How it is wrapped and indented does not matter, and line breaks may stand as
    /// `\n`: so PEM looks in JSON and in environment variables.
    fn decode(&self) -> Result<Vec<u8>, KeySetFault> {
        let body = self.body.replace("\\r", "").replace("\\n", "");
        let body: String = body.split_whitespace().collect();
        STANDARD.decode(body).map_err(|_| fault("text that is not base64"))
    }
}
