use countersign::{Code, Finding, FindingCode, NOTICE};

use super::codes::code_fault;
use super::evidence::found_with;
use super::template::{Phrase, translate};
use crate::language::{Language, Text};

/// Says that nothing was verified.
pub fn notice(language: Language) -> &'static str {
    Text::new(NOTICE, "まだ何も検証されていません。このような内容のトークンは誰でも作成できます。")
        .in_language(language)
}

/// What stood around a token and was taken off.
pub fn peeled_layer(layer: &'static str, language: Language) -> &'static str {
    let japanese = LAYERS.iter().find(|(english, _)| *english == layer);
    match (language, japanese) {
        (Language::Japanese, Some((_, japanese))) => japanese,
        _ => layer,
    }
}

pub(super) const LAYERS: &[Phrase] = &[
    ("white space", "空白"),
    ("quotes", "引用符"),
    ("`Authorization:`", "`Authorization:`"),
    ("`Bearer`", "`Bearer`"),
    ("a shell assignment", "シェルの変数代入"),
    ("the JSON that STS returns", "STS が返す JSON"),
    ("the XML that STS returns", "STS が返す XML"),
    ("line breaks or spaces within", "途中の改行や空白"),
    ("a byte order mark", "バイトオーダーマーク (BOM)"),
];

/// What is remarkable or wrong about an inspected token, in a sentence.
pub fn finding_message(finding: &Finding, language: Language) -> String {
    let message = &finding.message;
    let translated = match (language, finding.code) {
        (Language::English, _) => None,
        (Language::Japanese, FindingCode::Refused(code)) => refused(code, message),
        (Language::Japanese, _) => translate(OWN, message),
    };
    translated.unwrap_or_else(|| message.clone())
}

fn refused(code: Code, message: &str) -> Option<String> {
    let found = message.strip_prefix(code.fault())?.strip_prefix(" Found ")?.strip_suffix('.')?;
    let found = found_with(code, found, Language::Japanese);
    Some(format!("{}検出内容: {found}。", code_fault(code, Language::Japanese)))
}

/// Of the findings that only inspection has.
pub(super) const OWN: &[Phrase] = &[
    (
        "The header has `{a}`, which a verifier must never use.",
        "ヘッダーに `{a}` がありますが、検証に使用してはいけません。",
    ),
    (
        "The token expires at {a}, after its session ends at {b}.",
        "トークンの有効期限 ({a}) が、セッションの終了 ({b}) より後になっています。",
    ),
    (
        "The header member `{a}` is not in AWS's table of claims.",
        "ヘッダーのメンバー `{a}` は AWS のクレーム一覧にありません。",
    ),
    (
        "The claim `{a}` is not in AWS's table of claims.",
        "クレーム `{a}` は AWS のクレーム一覧にありません。",
    ),
    (
        "The member `{a}` of AWS's claim is not in AWS's table of claims.",
        "AWS のクレームのメンバー `{a}` は AWS のクレーム一覧にありません。",
    ),
    (
        "The signature was taken off, so that nobody can use or verify the token.",
        "署名が取り除かれているため、このトークンの使用も検証もできません。",
    ),
    (
        "The text is longer than {1} bytes, so nothing of it is decoded.",
        "テキストが {1} バイトを超えているため、デコードしていません。",
    ),
    (
        "There are {1} more findings, which are not listed.",
        "他に {1} 件の検出内容がありますが、表示していません。",
    ),
];
