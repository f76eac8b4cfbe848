use countersign::Check;

use crate::language::{Language, Text};

/// What is checked, in one sentence.
pub fn check_question(check: Check, language: Language) -> &'static str {
    match language {
        Language::English => check.question(),
        Language::Japanese => japanese(check).unwrap_or(check.question()),
    }
}

/// A short label for the check.
pub fn check_name(check: Check, language: Language) -> &'static str {
    name(check).map_or(check.as_str(), |name| name.in_language(language))
}

fn japanese(check: Check) -> Option<&'static str> {
    Some(match check {
        Check::Size => "トークンが空ではなく、AWS が発行し得る大きさに収まっていること。",
        Check::Structure => "トークンが、ドットで区切られた 3 つの部分からなること。",
        Check::Encoding => {
            "各部分が正規形の base64url で、ヘッダーとペイロードが UTF-8 であること。"
        }
        Check::Json => {
            "ヘッダーとペイロードが、メンバーの重複も深いネストもない JSON オブジェクトであること。"
        }
        Check::Algorithm => "署名アルゴリズムがポリシーで許可されていること。",
        Check::Header => "ヘッダーが未知の拡張を要求せず、タイプが JWT で、鍵を指定していること。",
        Check::Issuer => "発行者がいずれかの信頼ルールに該当すること。",
        Check::ClaimedTrust => {
            "トークンが申告する組織とアカウントが、鍵の取得前の時点で信頼できること。"
        }
        Check::Key => "発行者が、トークンの鍵 ID を持つ適切な鍵を公開していること。",
        Check::Signature => "署名が内容と鍵に一致すること。",
        Check::Expiry => "トークンの有効期限が切れていないこと。",
        Check::IssuedAt => "トークンの発行時刻が過去であること。",
        Check::NotBefore => "トークンがすでに有効になっていること。",
        Check::Lifetime => "トークンの有効期間が、ポリシーで許可された長さ以内であること。",
        Check::Age => "トークンの発行からの経過時間が、ポリシーで許可された長さ以内であること。",
        Check::TokenId => "トークンに ID があること。",
        Check::Audience => "トークンが、期待されるオーディエンス向けに発行されていること。",
        Check::Subject => "サブジェクトが IAM ロールまたは IAM ユーザーであること。",
        Check::AwsClaim => "AWS のクレームが、AWS のドキュメントどおりの型であること。",
        Check::Account => "サブジェクトのアカウントと AWS のクレームのアカウントが一致すること。",
        Check::Trust => "いずれかの信頼ルールを完全に満たすこと。",
        Check::Replay => "トークンがまだ使用されていないこと。",
        _ => return None,
    })
}

fn name(check: Check) -> Option<Text> {
    Some(match check {
        Check::Size => Text::new("Size", "サイズ"),
        Check::Structure => Text::new("Structure", "構造"),
        Check::Encoding => Text::new("Encoding", "エンコード"),
        Check::Json => Text::new("JSON", "JSON 形式"),
        Check::Algorithm => Text::new("Algorithm", "アルゴリズム"),
        Check::Header => Text::new("Header", "ヘッダー"),
        Check::Issuer => Text::new("Issuer", "発行者 (issuer)"),
        Check::ClaimedTrust => Text::new("Claimed trust", "申告された組織とアカウント"),
        Check::Key => Text::new("Key", "鍵"),
        Check::Signature => Text::new("Signature", "署名"),
        Check::Expiry => Text::new("Expiry", "有効期限"),
        Check::IssuedAt => Text::new("Issued at", "発行時刻"),
        Check::NotBefore => Text::new("Not before", "有効開始時刻"),
        Check::Lifetime => Text::new("Lifetime", "有効期間"),
        Check::Age => Text::new("Age", "経過時間"),
        Check::TokenId => Text::new("Token ID", "トークン ID"),
        Check::Audience => Text::new("Audience", "オーディエンス"),
        Check::Subject => Text::new("Subject", "サブジェクト"),
        Check::AwsClaim => Text::new("AWS claim", "AWS のクレーム"),
        Check::Account => Text::new("Account", "アカウント"),
        Check::Trust => Text::new("Trust rule", "信頼ルール"),
        Check::Replay => Text::new("Replay", "再使用 (リプレイ)"),
        _ => return None,
    })
}
