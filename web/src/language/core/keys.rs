use countersign::FetchFailure;
use countersign::keys::{
    DiscoveryCode, DiscoveryFault, JwkCode, KeySetCode, KeySetFault, Refusal, SkippedKey,
};

use super::evidence::{evidence, evidence_sentence};
use crate::language::Language;

/// Fault and remedy of a code.
type Sentences = (&'static str, &'static str);

const OWN_KEY_SET: &str = "プロキシやログインフォームのページではなく、発行者の鍵セット自体が返されていることを確認してください。";
const OWN_DOCUMENT: &str = "プロキシやログインフォームのページではなく、発行者のディスカバリードキュメント自体が返されていることを確認してください。";

/// Why a key set was refused as a whole, with what was expected and found; and what to do about it.
pub fn key_set_fault(fault: &KeySetFault, language: Language) -> (String, String) {
    let KeySetFault { code, expected, found, .. } = fault;
    let english = (code.fault(), code.remedy());
    spoken(english, key_set_code(*code), [expected, found], language)
}

/// Why one key of a set is not used, with what was expected and found; and what to do about it.
pub fn skipped_key(key: &SkippedKey, language: Language) -> (String, String) {
    let reason = &key.reason;
    let english = (reason.code.fault(), reason.code.remedy());
    spoken(english, jwk_code(reason.code), [&reason.expected, &reason.found], language)
}

/// Why a discovery document was refused, with what was expected and found; and what to do about it.
pub fn discovery_fault(fault: &DiscoveryFault, language: Language) -> (String, String) {
    let DiscoveryFault { code, expected, found, .. } = fault;
    let english = (code.fault(), code.remedy());
    spoken(english, discovery_code(*code), [expected, found], language)
}

/// Why there was no response, as a phrase.
pub fn fetch_failure(failure: FetchFailure, language: Language) -> String {
    evidence(&failure.to_string(), language)
}

/// Why there is no key, as a phrase.
pub fn refusal(refusal: &Refusal, language: Language) -> String {
    evidence(&refusal.to_string(), language)
}

fn spoken(
    english: Sentences,
    japanese: Option<Sentences>,
    [expected, found]: [&str; 2],
    language: Language,
) -> (String, String) {
    match (language, japanese) {
        (Language::Japanese, Some((fault, remedy))) => {
            (evidence_sentence(fault, expected, found), remedy.to_owned())
        }
        _ => {
            let (fault, remedy) = english;
            (format!("{fault} Expected {expected}; found {found}."), remedy.to_owned())
        }
    }
}

pub(super) fn discovery_code(code: DiscoveryCode) -> Option<Sentences> {
    Some(match code {
        DiscoveryCode::Issuer => (
            "ディスカバリードキュメントの発行者が、取得元の発行者と異なります。",
            "発行者の表記を確認してください。ドキュメントには、取得元とまったく同じ発行者が記載されている必要があります。",
        ),
        DiscoveryCode::Json => {
            ("ディスカバリードキュメントが厳密な JSON オブジェクトではありません。", OWN_DOCUMENT)
        }
        DiscoveryCode::JwksUri => (
            "ディスカバリードキュメントから、鍵セットの場所を特定できません。",
            "jwks_uri を通常の https URL として発行者に公開してもらってください。",
        ),
        DiscoveryCode::JwksUriOrigin => (
            "ディスカバリードキュメントの示す鍵セットが、発行者とは別のオリジンにあります。",
            "鍵セットを、発行者自身と同じスキーム、ホスト、ポートで公開してもらってください。",
        ),
        DiscoveryCode::TooLarge => (
            "ディスカバリードキュメントが、許可された大きさを超えています。",
            "発行者のディスカバリードキュメント自体が返されていることを確認してください。AWS のものは 1 kB 未満です。",
        ),
        DiscoveryCode::Utf8 => (
            "ディスカバリードキュメントが UTF-8 のテキストではありません。",
            "発行者のディスカバリードキュメント自体が、圧縮を解いた状態で返されていることを確認してください。",
        ),
        _ => return None,
    })
}

pub(super) fn jwk_code(code: JwkCode) -> Option<Sentences> {
    Some(match code {
        JwkCode::Algorithm => (
            "鍵の `alg` が、鍵の種類に対応するものではありません。",
            "RSA の鍵は RS256、P-384 の鍵は ES384、P-256 の鍵は ES256 として公開してください。",
        ),
        JwkCode::Ambiguous => (
            "同じ鍵 ID とアルゴリズムの鍵が複数あり、どれを指すのか特定できません。",
            "鍵セットの各鍵に固有の鍵 ID を付けてください。",
        ),
        JwkCode::Coordinate => (
            "座標の長さが、曲線に必要な長さと異なります。",
            "座標は、先頭のゼロのオクテットを省略せずにエンコードしてください (RFC 7518、6.2.1.2 節)。",
        ),
        JwkCode::Curve => {
            ("対応していない曲線の鍵です。", "P-384 または P-256 の鍵を公開してください。")
        }
        JwkCode::Encoding => (
            "鍵のメンバーが正規形の base64url ではありません。",
            "パディング、改行、余分なビットのない base64url でエンコードしてください。",
        ),
        JwkCode::Exponent => (
            "RSA の公開指数が使用に適していません。",
            "一般的な公開指数 65537 (AQAB) の鍵を公開してください。",
        ),
        JwkCode::KeyId => (
            "鍵に使用可能な鍵 ID がありません。",
            "印字可能な 1 ～ 256 文字の `kid` を鍵に付けてください。",
        ),
        JwkCode::KeyOperations => (
            "鍵の `key_ops` で検証が許可されていません。",
            "key_ops を [\"verify\"] にするか、このメンバーを省略して鍵を公開してください。",
        ),
        JwkCode::KeyType => {
            ("対応していない種類の鍵です。", "RSA または EC の鍵を公開してください。")
        }
        JwkCode::Member => (
            "鍵のメンバーがないか、型が正しくありません。",
            "RFC 7518 の 6 節に従って鍵を公開してください。",
        ),
        JwkCode::Modulus => (
            "RSA のモジュラスが使用に適していません。",
            "2048 ～ 4096 ビットの鍵を、モジュラスの先頭にゼロのオクテットを付けずに公開してください。",
        ),
        JwkCode::Point => (
            "座標が曲線上の点ではありません。",
            "生成したままの鍵を公開してください。この鍵では何も検証できません。",
        ),
        JwkCode::Private => (
            "鍵が秘密鍵とともに公開されています。",
            "この鍵をただちに取り下げ、公開鍵のメンバーだけを持つ新しい鍵を公開してください。",
        ),
        JwkCode::Use => (
            "鍵の `use` が署名用ではありません。",
            "use を \"sig\" にするか、このメンバーを省略して鍵を公開してください。",
        ),
        _ => return None,
    })
}

pub(super) fn key_set_code(code: KeySetCode) -> Option<Sentences> {
    Some(match code {
        KeySetCode::Certificate => (
            "これは証明書です。必要なのは鍵です。",
            "正しい証明書であることを確認したうえで、`openssl x509 -pubkey -noout` で鍵を取り出してください。",
        ),
        KeySetCode::Json => ("鍵セットが厳密な JSON ではありません。", OWN_KEY_SET),
        KeySetCode::Keys => (
            "ドキュメントに配列 `keys` がないため、鍵セットではありません。",
            "発行者の jwks_uri から取得してください。{\"keys\":[…]} が返されます (RFC 7517、5 節)。",
        ),
        KeySetCode::NoKeyId => (
            "鍵に鍵 ID がなく、どの鍵 ID の鍵なのかをトークンからも特定できません。",
            "先にトークンを指定してその鍵 ID を使うか、`kid` のある JWK として鍵を指定してください。",
        ),
        KeySetCode::Pem => (
            "PEM のテキストを公開鍵として読み取れません。",
            "`-----BEGIN PUBLIC KEY-----` から `-----END PUBLIC KEY-----` までのブロック全体を 1 つ貼り付けてください。",
        ),
        KeySetCode::PrivateKey => (
            "これは秘密鍵です。一度でもどこかに貼り付けた秘密鍵は、漏えいしたものとして扱う必要があります。",
            "この鍵を使用しているすべての箇所で交換してください。ここに貼り付けるのは公開鍵だけです。",
        ),
        KeySetCode::SeveralPem => (
            "PEM の鍵が複数あります。PEM には鍵 ID がないため、区別できません。",
            "トークンが指定している鍵を 1 つだけ、または鍵セットを貼り付けてください。",
        ),
        KeySetCode::TooLarge => (
            "鍵セットが、許可された大きさを超えています。",
            "発行者の鍵セット自体が返されていることを確認してください。AWS のものは約 1 kB です。",
        ),
        KeySetCode::TooManyKeys => (
            "鍵セットの鍵の数が、許可された数を超えています。",
            "署名に使わなくなった鍵を発行者に取り下げてもらってください。",
        ),
        KeySetCode::Utf8 => (
            "鍵セットが UTF-8 のテキストではありません。",
            "発行者の鍵セット自体が、圧縮を解いた状態で返されていることを確認してください。",
        ),
        _ => return None,
    })
}
