use yew::prelude::*;

use super::super::data_text::data;
use crate::claims_view::{AwsClaim, ClaimsView, TokenKind};
use crate::language::{Language, Text};

const STS_SERVICE: Text = Text::new(
    "This is the address of the STS service, and no issuer of tokens. Each account has an issuer of its own, of the form",
    "これは STS サービスのアドレスで、トークンの発行者 (issuer) ではありません。各アカウントは次の形式の固有の発行者を持ちます。",
);
const STS_SERVICE_ASK: Text = Text::new(
    "AWS tells you the account's own:",
    "アカウントの発行者は次のコマンドで確認できます。",
);
const STS_SERVICE_WHY: Text = Text::new(
    "Within a token, the same address with a slash at its end is the name of AWS's own claim. It says nothing about the issuer.",
    "トークンの中では、末尾にスラッシュを付けた同じアドレスが AWS 独自のクレームの名前として使われますが、発行者を示すものではありません。",
);
const STS_SERVICE_COMMAND: &str =
    "aws iam get-outbound-web-identity-federation-info --query IssuerIdentifier --output text";
const ISSUER_FORM: &str = "https://<id>.tokens.sts.global.api.aws";
const MISSPELLED: Text = Text::new(
    "The issuer is not spelled as AWS spells it, and issuers are compared byte for byte. It should be",
    "発行者 (issuer) の表記が AWS のものと異なります。発行者はバイト単位で比較されます。正しい表記は次のとおりです。",
);
const LOCAL: Text = Text::new(
    "A local issuer plays AWS's side here. Its tokens are worth nothing elsewhere.",
    "AWS の代わりをするローカル発行者のトークンです。ほかの場所では通用しません。",
);
const USER_POOL: Text = Text::new(
    "This is a Cognito user pool's token, not one of outbound federation. Its token_use says which one: an id token is for the client in aud, an access token for the one in client_id.",
    "これは Cognito ユーザープールのトークンで、アウトバウンドフェデレーションのトークンではありません。種類は token_use で分かります。宛先のクライアントは、ID トークンでは aud、アクセストークンでは client_id に入ります。",
);
const IDENTITY_POOL: Text = Text::new(
    "This is a Cognito identity pool's token, not one of outbound federation. One issuer serves every pool in the world, so a verifier must insist on its own pool's id in aud.",
    "これは Cognito ID プールのトークンで、アウトバウンドフェデレーションのトークンではありません。発行者は全世界のプールで共通のため、aud が自分のプールの ID であることを必ず確認してください。",
);
const LOAD_BALANCER: Text = Text::new(
    "This is what an Application Load Balancer adds to a request (x-amzn-oidc-data), not a token of outbound federation. Its issuer and its expiry stand in the header. The keys of every load balancer of a region are served at one place, so a verifier must insist on its own load balancer's ARN in signer.",
    "これは Application Load Balancer がリクエストに付ける値 (x-amzn-oidc-data) で、アウトバウンドフェデレーションのトークンではありません。発行者と有効期限はヘッダーにあります。鍵の配布元はリージョン内のすべてのロードバランサーで共通のため、signer が自分のロードバランサーの ARN であることを必ず確認してください。",
);
const VERIFIED_ACCESS: Text = Text::new(
    "This is what Verified Access adds to a request (x-amzn-ava-user-context), not a token of outbound federation. A verifier must insist on its own instance's ARN in signer.",
    "これは Verified Access がリクエストに付ける値 (x-amzn-ava-user-context) で、アウトバウンドフェデレーションのトークンではありません。signer が自分のインスタンスの ARN であることを必ず確認してください。",
);
const EKS: Text = Text::new(
    "This is the token of a Kubernetes service account on EKS, not one of outbound federation. Pods hand it to AWS to assume a role; outbound federation goes the other way.",
    "これは EKS 上の Kubernetes サービスアカウントのトークンで、アウトバウンドフェデレーションのトークンではありません。Pod がロールを引き受けるために AWS へ渡すもので、アウトバウンドフェデレーションとは方向が逆です。",
);
const NO_ISSUER: Text = Text::new(
    "The token names no issuer, so there is nobody whose keys could verify it.",
    "トークンに発行者 (issuer) がないため、検証に使う鍵を特定できません。",
);
const FOREIGN: Text = Text::new(
    "This is not a token of AWS's outbound federation: those come from an issuer of the form",
    "これは AWS のアウトバウンドフェデレーションのトークンではありません。その場合の発行者 (issuer) は次の形式です。",
);
const CLAIM_ABSENT: Text = Text::new(
    "AWS's own claim is not there; an account can opt out of it. So the token does not say organization, region, tags or where the caller runs, and a trust rule that needs one of these refuses it.",
    "AWS 独自のクレームがありません (アカウント単位で無効にできます)。そのため組織、リージョン、タグ、実行環境は分からず、これらを必要とする信頼ルールでは拒否されます。",
);
const CLAIM_NO_OBJECT: Text = Text::new(
    "AWS's own claim is not an object: a verifier refuses the token.",
    "AWS 独自のクレームがオブジェクトではないため、トークンは拒否されます。",
);

/// Says plainly which of AWS's tokens this is, unless it is the usual one, and whether AWS's claim is there.
pub(super) fn kind_notes(view: &ClaimsView, language: Language) -> Html {
    let claim = match view.aws_claim {
        AwsClaim::Absent if view.kind.is_outbound() => Some(("note note--open", CLAIM_ABSENT)),
        AwsClaim::NoObject => Some(("note note--bad", CLAIM_NO_OBJECT)),
        _ => None,
    };
    html! {
        <>
            { kind_note(&view.kind, language) }
            if let Some((class, text)) = claim {
                <p {class}>{ text.in_language(language) }</p>
            }
        </>
    }
}

fn kind_note(kind: &TokenKind, language: Language) -> Html {
    let note = |class: &'static str, text: Text, further: Html| {
        html! {
            <div class={classes!("note", class)}>
                <p>{ text.in_language(language) }</p>
                { further }
            </div>
        }
    };
    let plain = |text: Text| note("note--open", text, Html::default());
    match kind {
        TokenKind::Outbound => Html::default(),
        TokenKind::LocalIssuer => note("", LOCAL, Html::default()),
        TokenKind::Misspelled(right) => {
            note("note--bad", MISSPELLED, html! { <p>{ data(right) }</p> })
        }
        TokenKind::StsService => note(
            "note--bad",
            STS_SERVICE,
            html! {
                <>
                    <p><code translate="no">{ ISSUER_FORM }</code></p>
                    <p>{ STS_SERVICE_ASK.in_language(language) }</p>
                    <p><code class="claims__command" translate="no">{ STS_SERVICE_COMMAND }</code></p>
                    <p>{ STS_SERVICE_WHY.in_language(language) }</p>
                </>
            },
        ),
        TokenKind::CognitoUserPool => plain(USER_POOL),
        TokenKind::CognitoIdentityPool => plain(IDENTITY_POOL),
        TokenKind::LoadBalancer => plain(LOAD_BALANCER),
        TokenKind::VerifiedAccess => plain(VERIFIED_ACCESS),
        TokenKind::EksServiceAccount => plain(EKS),
        TokenKind::NoIssuer => note("note--bad", NO_ISSUER, Html::default()),
        TokenKind::Foreign => note(
            "note--open",
            FOREIGN,
            html! {
                <p><code translate="no">{ ISSUER_FORM }</code></p>
            },
        ),
    }
}
