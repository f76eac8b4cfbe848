use countersign::{PolicyCode, PolicyFault};

use super::evidence::evidence;
use crate::language::Language;

/// What is wrong with a policy, with what was found; and what to do about it.
pub fn policy_fault(fault: &PolicyFault, language: Language) -> (String, String) {
    let english = || (fault.message.clone(), fault.remedy.clone());
    let japanese = || {
        let (sentence, remedy) = policy_code(fault.code)?;
        let found = fault.message.strip_prefix(fault.code.fault().trim_end_matches('.'))?;
        let found = found.strip_prefix(": ")?.strip_suffix('.')?;
        let found = evidence(found, Language::Japanese);
        let message = format!("{}: {found}。", sentence.trim_end_matches('。'));
        Some((message, remedy.to_owned()))
    };
    match language {
        Language::English => english(),
        Language::Japanese => japanese().unwrap_or_else(english),
    }
}

/// Fault and remedy.
pub(super) fn policy_code(code: PolicyCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        PolicyCode::Account => (
            "アカウントが 12 桁のアカウント ID ではありません。",
            "アカウント ID を、先頭のゼロも含めた 12 桁の文字列で記述してください。",
        ),
        PolicyCode::Algorithm => (
            "許可できないアルゴリズムが指定されています。",
            "ES384、RS256、ES256 のいずれかを指定してください。",
        ),
        PolicyCode::Audience => (
            "オーディエンスが、トークンに設定できる値ではありません。",
            "呼び出し元が STS に指定するオーディエンスを正確に記述してください。1 ～ 1000 文字で、ワイルドカードは使えません。",
        ),
        PolicyCode::CallerChosen => (
            "ルールの条件がリクエストタグだけです。リクエストタグは GetWebIdentityToken の呼び出し元が自由に選べます。",
            "principals、permissionSets、account、organizationalUnits、principalTags のいずれかを追加してください。",
        ),
        PolicyCode::Contradiction => (
            "2 つのメンバーが矛盾しており、ルールを満たすことができません。",
            "どちらかを修正してください。",
        ),
        PolicyCode::Duplicate => (
            "同じ値が 2 回指定されています。",
            "どちらかを削除してください。別の値の書き間違いであることがよくあります。",
        ),
        PolicyCode::Empty => (
            "リストが空のため、何も一致しません。",
            "値を 1 つ以上指定するか、このメンバーを省略してください。",
        ),
        PolicyCode::Issuer => (
            "発行者が正確な https の発行者 URL ではありません。",
            "GetOutboundWebIdentityFederationInfo の結果 `https://<id>.tokens.sts.global.api.aws` をコピーしてください。末尾にスラッシュは付きません。",
        ),
        PolicyCode::Json => {
            ("ポリシーが有効な JSON ではありません。", "示された位置の JSON を修正してください。")
        }
        PolicyCode::LoopbackIssuer => (
            "ループバック発行者が、ローカル発行者の http オリジンではありません。",
            "スキーム、ループバックアドレス、ポートだけを記述してください (例: http://127.0.0.1:8460)。",
        ),
        PolicyCode::Missing => (
            "必須のメンバーがありません。",
            "追加してください。チェックを省く場合は、名前が `danger` で始まるメンバーで明示してください。",
        ),
        PolicyCode::Organization => (
            "組織が AWS Organizations の ID ではありません。",
            "o- の後に 10 ～ 32 文字の英小文字または数字が続く形で記述してください (Organizations: DescribeOrganization)。",
        ),
        PolicyCode::OrganizationalUnit => (
            "組織単位 (OU) が、組織から始まるパスパターンではありません。",
            "o-…/r-…/ou-… の形で記述してください。`*` は 1 階層、末尾の `**` は配下すべてに一致します。",
        ),
        PolicyCode::PermissionSet => (
            "許可セットが、名前または名前のパターンではありません。",
            "許可セットの名前を記述してください。1 ～ 32 文字の英数字と +=,.@_-、または `*` が使えます。",
        ),
        PolicyCode::Principal => (
            "プリンシパルが IAM の ARN パターンではありません。",
            "`arn:aws:iam::<account or *>:role/<path and name>` の形で記述してください。`*` はセグメント内、`**` (1 つまで) は複数のセグメントに一致します。",
        ),
        PolicyCode::Range => ("数値が範囲外です。", "範囲内の整数を指定してください。"),
        PolicyCode::RuleName => (
            "ルールに使用できない名前です。",
            "ルールごとに固有の名前を 1 ～ 100 文字で付けてください。",
        ),
        PolicyCode::SourceRegion => (
            "ソースリージョンが AWS のリージョンコードではありません。",
            "eu-west-1 のようなリージョンコードを記述してください。",
        ),
        PolicyCode::Tag => (
            "トークンが満たすことのできないタグの条件です。",
            "タグキーは 1 ～ 128 文字、値は 0 ～ 256 文字で指定してください。",
        ),
        PolicyCode::Type => (
            "メンバーの型が正しくありません。",
            "ポリシーの JSON Schema を参照してください (`countersign policy schema`)。",
        ),
        PolicyCode::Unbounded => (
            "ルールに発行者も組織も指定されていないため、AWS のすべての利用者を信頼することになります。",
            "アカウントの発行者を指定するか、自社の組織を指定してください。",
        ),
        PolicyCode::UnknownMember => (
            "ポリシーにこのようなメンバーはありません。",
            "つづりを修正してください。設定が見落とされないよう、未知のメンバーは拒否されます。",
        ),
        _ => return None,
    })
}
