use countersign::{AWS_CLAIM, Asserter, ClaimDescription, MemberView, PrincipalKind};

use crate::language::{Language, Text};

/// What a claim means, in one sentence.
pub fn claim_meaning(claim: &ClaimDescription, language: Language) -> &'static str {
    let japanese = || match claim.within_aws_claim {
        true => within_aws_claim(claim.name),
        false => registered(claim.name),
    };
    match language {
        Language::English => claim.meaning,
        Language::Japanese => japanese().unwrap_or(claim.meaning),
    }
}

/// What a member of the header means; nothing for one that AWS does not send.
pub fn header_meaning(member: &MemberView, language: Language) -> Option<&'static str> {
    let english = member.meaning?;
    Some(match (language, member.name.as_str()) {
        (Language::Japanese, "alg") => "署名アルゴリズムです。",
        (Language::Japanese, "kid") => "鍵の ID です。発行者ごとに一意です。",
        (Language::Japanese, "typ") => "タイプです。値は JWT です。",
        _ => english,
    })
}

/// Whose word a claim is, as a phrase.
pub fn asserter(asserter: Asserter, language: Language) -> &'static str {
    const AWS: Text = Text::new("AWS asserts", "AWS が保証");
    const TAGGER: Text = Text::new(
        "whoever tags the role or session",
        "ロールまたはセッションにタグを付けた人による指定",
    );
    const CALLER: Text = Text::new(
        "whoever called the API: never identity",
        "API の呼び出し元による指定 (身元の根拠にはなりません)",
    );
    match asserter {
        Asserter::Aws => AWS,
        Asserter::Tagger => TAGGER,
        // Whatever the core may add, nothing is called vouched for that is not known to be.
        _ => CALLER,
    }
    .in_language(language)
}

/// What kind of principal a token speaks for.
pub fn principal_kind(kind: PrincipalKind, language: Language) -> &'static str {
    const ROLE: Text = Text::new("IAM role", "IAM ロール");
    const USER: Text = Text::new("IAM user", "IAM ユーザー");
    const OTHER: Text = Text::new("IAM principal", "IAM プリンシパル");
    match kind {
        PrincipalKind::Role => ROLE,
        PrincipalKind::User => USER,
        _ => OTHER,
    }
    .in_language(language)
}

fn registered(name: &str) -> Option<&'static str> {
    Some(match name {
        "iss" => "アカウント固有の発行者です。トークンを検証する鍵を公開しています。",
        "aud" => {
            "呼び出し元が指定した、トークンの宛先です。サービスは自身のオーディエンスであることを必ず確認してください。"
        }
        "sub" => "トークンをリクエストしたロールまたはユーザーの IAM ARN です。パスも含まれます。",
        "iat" => "トークンの発行時刻です (エポックからの秒数)。",
        "exp" => "トークンの有効期限です (エポックからの秒数)。`iat` から最長 1 時間です。",
        "nbf" => "トークンが有効になる時刻です (エポックからの秒数)。AWS は設定しません。",
        "jti" => "このトークンに固有の ID です。再利用を拒否するために使います。",
        AWS_CLAIM => {
            "呼び出し元に関する AWS 独自のクレームです。アカウント単位でオプトアウトできます。"
        }
        _ => return None,
    })
}

fn within_aws_claim(name: &str) -> Option<&'static str> {
    Some(match name {
        "aws_account" => "呼び出し元のアカウントです。",
        "source_region" => "トークンを発行した STS エンドポイントのリージョンです。",
        "principal_id" => {
            "呼び出し元の ARN です。これまでに確認されたすべてのトークンで `sub` と同じです。"
        }
        "org_id" => "アカウントが属する組織です。",
        "ou_path" => "組織内でのアカウントの位置です。組織から順に下へ並びます。",
        "principal_tags" => "ロールのタグとセッションのタグを合わせたものです。",
        "request_tags" => "呼び出し元がこのトークンのために自由に選んだタグです。",
        "original_session_exp" => "呼び出し元のロールセッションの終了時刻です。",
        "federated_provider" => "セッションの開始に使われた ID プロバイダーです。",
        "source_identity" => {
            "最初のロールを引き受けたときに設定されたソース ID です。ロールを連鎖しても引き継がれます。"
        }
        "identity_store_user_id" => "呼び出し元が代理する Identity Center ユーザーです。",
        "identity_store_arn" => "そのユーザーが登録されている ID ストアです。",
        "ec2_source_instance_arn" => "認証情報が渡された EC2 インスタンスです。",
        "ec2_instance_source_vpc" => "認証情報が渡された EC2 インスタンスの VPC です。",
        "ec2_instance_source_private_ipv4" => {
            "認証情報が渡された EC2 インスタンスのプライベート IPv4 アドレスです。"
        }
        "ec2_role_delivery" => {
            "認証情報を渡したインスタンスメタデータサービス (IMDS) のバージョンです。"
        }
        "lambda_source_function_arn" => "呼び出し元が実行されている Lambda 関数です。",
        "glue_credential_issuing_service" => {
            "Glue ジョブの場合に、認証情報を発行したサービスです。"
        }
        _ => return None,
    })
}
