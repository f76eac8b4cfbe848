use countersign::Code;

use crate::language::Language;

const FIND_OUT_WHO: &str =
    "AWS がこのようなトークンを発行することはありません。作成者を確認してください。";
const AS_ISSUED: &str = "AWS が発行したトークンをそのまま送信してください。";
const SHORT_HEADER: &str =
    "GetWebIdentityToken で取得したトークンを送信してください。ヘッダーは kid、typ、alg だけです。";

/// What is wrong, in one sentence.
pub fn code_fault(code: Code, language: Language) -> &'static str {
    match language {
        Language::English => code.fault(),
        Language::Japanese => japanese(code).map_or(code.fault(), |(fault, _)| fault),
    }
}

/// What to do about it.
pub fn code_remedy(code: Code, language: Language) -> &'static str {
    match language {
        Language::English => code.remedy(),
        Language::Japanese => japanese(code).map_or(code.remedy(), |(_, remedy)| remedy),
    }
}

/// Fault and remedy.
fn japanese(code: Code) -> Option<(&'static str, &'static str)> {
    Some(match code {
        Code::AccountDisagreement => {
            ("サブジェクトのアカウントと AWS のクレームのアカウントが一致しません。", FIND_OUT_WHO)
        }
        Code::AlgorithmHmac => (
            "トークンに HMAC アルゴリズムが指定されています。HMAC では公開鍵が共有シークレットとして使われてしまいます。",
            "STS に ES384 または RS256 を指定してください。HMAC のトークンは受け付けません。",
        ),
        Code::AlgorithmNone => (
            "トークンに署名なしと記載されています。",
            "AWS が発行したトークンをそのまま送信してください。署名のないトークンは受け付けません。",
        ),
        Code::AlgorithmNotAllowed => (
            "トークンの署名アルゴリズムは、ポリシーで許可されていません。",
            "許可された SigningAlgorithm を STS に指定するか、このアルゴリズムをポリシーに追加してください。",
        ),
        Code::AlgorithmUnsupported => (
            "トークンの署名アルゴリズムは、AWS が発行に使うものではありません。",
            "STS に ES384 または RS256 を指定してください。",
        ),
        Code::AudienceMismatch => (
            "このトークンは別のオーディエンス向けに発行されています。",
            "期待される Audience を指定して STS からトークンを取得するか、自サービスのオーディエンスであればポリシーに追加してください。",
        ),
        Code::AwsClaimMissing => (
            "ポリシーに必要な AWS のクレームがトークンにありません。",
            "アカウントがクレーム `https://sts.amazonaws.com/` をオプトアウトしている場合は、代わりに発行者とプリンシパルで信頼してください。",
        ),
        Code::ClaimMissing => (
            "必須のクレームがありません。",
            "GetWebIdentityToken で取得したトークンを送信してください。iss、aud、sub、iat、exp、jti が必ず含まれます。",
        ),
        Code::ClaimType => (
            "クレームの型が定義と異なります。",
            "GetWebIdentityToken で取得したトークンを変更せずに送信してください。",
        ),
        Code::HeaderCritical => {
            ("ヘッダーが未対応の拡張 (`crit`) を要求しています。", SHORT_HEADER)
        }
        Code::HeaderKeyId => (
            "ヘッダーの `kid` で鍵を特定できません。",
            "GetWebIdentityToken で取得したトークンを送信してください。kid は必ず短いテキストです。",
        ),
        Code::HeaderMember => ("ヘッダーのメンバーがないか、型が正しくありません。", SHORT_HEADER),
        Code::HeaderPayloadEncoding => (
            "ヘッダーがペイロードのエンコード方法を変更しています (`b64`、`zip`、`enc`)。",
            SHORT_HEADER,
        ),
        Code::HeaderType => (
            "ヘッダーの `typ` が JWT ではありません。",
            "アクセストークンなど別の種類の JWT ではなく、このトークン自体を送信してください。",
        ),
        Code::IssuerNotATokenIssuer => (
            "発行者が STS サービス自体になっています。STS サービスはこの種のトークンの発行者ではありません。",
            "アカウント固有の発行者 `https://<id>.tokens.sts.global.api.aws` を使用してください (IAM: GetOutboundWebIdentityFederationInfo)。",
        ),
        Code::IssuerSpelling => (
            "発行者の表記が、信頼する発行者とわずかに異なります。発行者は完全一致で比較されます。",
            "末尾のスラッシュ、大文字、ポート、空白を確認してください。完全に一致する必要があります。",
        ),
        Code::IssuerUntrusted => (
            "トークンの発行者は、ポリシーのどの信頼ルールにも該当しません。",
            "信頼する相手であれば、アカウントの発行者またはその組織をポリシーの信頼ルールに追加してください。",
        ),
        Code::KeyAlgorithm => (
            "鍵の種類が、トークンのアルゴリズムに必要なものと異なります。",
            "トークンを変更せずに送信してください。鍵は、公開時に定められたアルゴリズムの検証にのみ使われます。",
        ),
        Code::KeyNotLoaded => (
            "発行者の鍵がまだ読み込まれておらず、この呼び出しでは取得しません。",
            "先に非同期でトークンを 1 つ検証するか、発行者の鍵セットを静的な鍵として指定してください。",
        ),
        Code::KeyUnavailable => (
            "発行者の鍵を取得できませんでした。",
            "このホストから発行者に https で接続できること (プロキシ、VPC エンドポイント、ファイアウォール) を確認し、再試行してください。",
        ),
        Code::KeyUnknown => (
            "発行者は、トークンの鍵 ID を持つ鍵を公開していません。",
            "新しいトークンを取得してください。静的な鍵を使っている場合は、最新のものに更新してください。",
        ),
        Code::KeyUnusable => (
            "トークンの鍵 ID を持つ鍵は公開されていますが、検証には使用できません。",
            "署名用の適切な鍵 (2048 ～ 4096 ビットの RSA、または P-384) を発行者に公開してもらってください。",
        ),
        Code::ReplayFull => (
            "使用中のトークンが多すぎて、これ以上トークンを記録できません。",
            "いくつかのトークンの有効期限が切れてから再試行するか、使用済みトークンを記録する容量を増やしてください。",
        ),
        Code::ReplayUnavailable => (
            "トークンが使用済みかどうかを確認できませんでした。",
            "このホストから使用済みトークンのストアに接続できることを確認し、再試行してください。その時点で使用済みと判定される場合は、新しいトークンを取得してください。",
        ),
        Code::SignatureInvalid => (
            "署名が、トークンの内容と発行者の鍵に一致しません。",
            "AWS が発行したトークンをそのまま送信してください。変更していないのであれば、送信元を信頼しないでください。",
        ),
        Code::SignatureMalformed => (
            "署名の形式が、アルゴリズムの要件を満たしていません。",
            "AWS が発行したトークンをそのまま送信してください。署名は生のバイト列を base64url でエンコードしたもので、欠けがあってはなりません。",
        ),
        Code::SubjectNotPrincipal => (
            "サブジェクトが IAM ロールまたは IAM ユーザーの ARN ではありません。",
            "GetWebIdentityToken で取得したトークンを送信してください。サブジェクトは呼び出し元の IAM ARN です。",
        ),
        Code::TimeExpired => (
            "トークンの有効期限が切れています。",
            "使用の直前に STS から新しいトークンを取得してください。取得直後に発生する場合は、このホストの時計を確認してください。",
        ),
        Code::TimeIssuedInFuture => (
            "トークンの発行時刻が未来になっています。",
            "このホストの時計を確認してください。AWS の時計は正確です。",
        ),
        Code::TimeLifetime => (
            "トークンの有効期間が、ポリシーで許可された長さを超えています。",
            "STS により短い DurationSeconds を指定するか、maxLifetimeSeconds を大きくしてください。",
        ),
        Code::TimeMilliseconds => (
            "トークンの時刻が大きすぎます。秒ではなくミリ秒とみられます。",
            "時刻は 1970-01-01T00:00:00Z からの秒数です (RFC 7519、NumericDate)。AWS の値は正確です。",
        ),
        Code::TimeNotYetValid => (
            "トークンはまだ有効になっていません。",
            "`nbf` を過ぎてからトークンを使用し、このホストの時計も確認してください。",
        ),
        Code::TimeOrder => ("トークンの有効期限が、発行時刻以前になっています。", FIND_OUT_WHO),
        Code::TimeTooOld => (
            "トークンの発行から、ポリシーで許可された時間を超えて経過しています。",
            "使用のたびに STS から新しいトークンを取得するか、maxAgeSeconds を大きくしてください。",
        ),
        Code::TokenBase64url => (
            "トークンに、パディングなしの base64url ではない部分があります。",
            "AWS が発行したトークンをそのまま送信してください。パディング、改行、引用符、`Bearer ` は含めないでください。",
        ),
        Code::TokenDuplicateMember => (
            "トークンの JSON に同じメンバーが 2 回あり、読み手によって値の解釈が分かれるおそれがあります。",
            FIND_OUT_WHO,
        ),
        Code::TokenEmpty => (
            "トークンがありません。",
            "トークンのテキストを送信してください (例: `Authorization: Bearer …`)。",
        ),
        Code::TokenEncrypted => (
            "トークンは暗号化されています (JWE、5 つの部分)。AWS が発行するのは署名付きトークン (3 つの部分) です。",
            "GetWebIdentityToken で取得した署名付きトークンを送信してください。",
        ),
        Code::TokenJson => ("トークンに、有効な JSON ではない部分があります。", AS_ISSUED),
        Code::TokenJsonSerialization => (
            "トークンが JSON シリアライゼーション形式です。受け付けるのはコンパクト形式のみです。",
            "コンパクト形式のトークン (ドットで区切られた 3 つの部分) を送信してください。",
        ),
        Code::TokenNonCanonical => (
            "トークンに、base64url の末尾に余分なビットが残っている部分があります。これを許すと、同じトークンに複数の表記が存在することになります。",
            "AWS が発行したトークンをそのまま送信してください。末尾の文字が変更されています。",
        ),
        Code::TokenNotAnObject => (
            "トークンのヘッダーまたはペイロードは JSON ですが、オブジェクトではありません。",
            "GetWebIdentityToken で取得したトークンを送信してください。",
        ),
        Code::TokenReplayed => (
            "トークンはすでに使用されています。1 つのトークンは 1 回だけ受け付けます。",
            "使用のたびに STS から新しいトークンを取得してください。すでにそうしている場合は、第三者がトークンを使用しています。",
        ),
        Code::TokenSegments => (
            "トークンが、ドットで区切られた 3 つの部分になっていません。",
            "トークン全体を送信してください。コピーまたは保存の際に途中で切れた可能性があります。",
        ),
        Code::TokenTooDeep => {
            ("トークンの JSON のネストが、AWS のトークンではあり得ない深さです。", FIND_OUT_WHO)
        }
        Code::TokenTooLarge => (
            "トークンが、AWS が発行するものとしてはあり得ない大きさです。",
            "トークンだけを送信してください。AWS のペイロードの上限は 14,984 バイトです。",
        ),
        Code::TokenUtf8 => ("トークンに、UTF-8 のテキストではない部分があります。", AS_ISSUED),
        Code::TrustAccount => (
            "トークンのアカウントは、信頼ルールに指定されていません。",
            "信頼する相手であれば、アカウントを信頼ルールに追加してください。",
        ),
        Code::TrustOrganization => (
            "トークンは、信頼ルールに指定された組織のものではありません。",
            "組織 ID を確認してください。組織に属さないアカウントのトークンには組織 ID がありません。",
        ),
        Code::TrustOrganizationalUnit => (
            "トークンのアカウントは、信頼ルールに指定された組織単位 (OU) に属していません。",
            "組織内でのアカウントの位置を確認するか、organizationalUnits の範囲を広げてください。",
        ),
        Code::TrustPermissionSet => (
            "トークンのプリンシパルは、信頼ルールに指定された許可セットによるものではありません。",
            "呼び出し元が使用した Identity Center の許可セットを確認するか、permissionSets の範囲を広げてください。",
        ),
        Code::TrustPrincipal => (
            "トークンのプリンシパルは、信頼ルールに指定されていません。",
            "ARN とパスをセグメントごとに比較してください。`*` は 1 つのセグメント内、`**` は複数のセグメントに一致します。",
        ),
        Code::TrustPrincipalTag => (
            "信頼ルールに必要なプリンシパルタグがないか、値が異なります。",
            "AWS でロールまたはセッションにタグを付けるか、principalTags を変更してください。",
        ),
        Code::TrustRequestTag => (
            "信頼ルールに必要なリクエストタグがないか、値が異なります。",
            "GetWebIdentityToken にタグを渡すか、requestTags を変更してください。",
        ),
        Code::TrustSourceRegion => (
            "トークンは、信頼ルールに指定されていないリージョンでリクエストされています。",
            "期待されるリージョンの STS エンドポイントを使用するか、sourceRegions の範囲を広げてください。",
        ),
        _ => return None,
    })
}
