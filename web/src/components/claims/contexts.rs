use yew::prelude::*;

use super::super::data_text::data;
use super::facts::{fact, row};
use super::labels::label;
use crate::claims_view::{ClaimsView, Context, ContextKind, Fact, Label};
use crate::language::{Language, Text};

const EC2: Text = Text::new("EC2 instance", "EC2 インスタンス");
const LAMBDA: Text = Text::new("Lambda function", "Lambda 関数");
const GLUE: Text = Text::new("Glue job", "Glue ジョブ");
const IDENTITY_CENTER: Text = Text::new("Identity Center user", "Identity Center ユーザー");
const POD: Text = Text::new("EKS pod, by Pod Identity", "EKS Pod (Pod Identity)");
const FEDERATED: Text = Text::new("Identity provider", "ID プロバイダー");
const SOURCE_IDENTITY: Text = Text::new("Source identity", "ソースアイデンティティ");
const OF_POD: Text = Text::new(
    "Read from principal_tags: EKS sets these session tags, and whoever may tag the role or session can set the same.",
    "principal_tags から読み取りました。EKS が設定するセッションタグですが、ロールやセッションにタグを付けられる人なら同じ値を設定できます。",
);
const OF_SOURCE: Text = Text::new(
    "Set when the first role was assumed; it stays the same through role chaining.",
    "最初にロールを引き受けたときに設定され、ロールを連鎖しても変わりません。",
);

/// Where the caller runs and how it came to its credentials, each in a card of its own.
pub(super) fn contexts(view: &ClaimsView, language: Language) -> Html {
    html! { for context in view.contexts.iter() { { card(context, language) } } }
}

fn card(context: &Context, language: Language) -> Html {
    let (title, remark) = match context.kind {
        ContextKind::Ec2 => (EC2, None),
        ContextKind::Lambda => (LAMBDA, None),
        ContextKind::Glue => (GLUE, None),
        ContextKind::IdentityCenter => (IDENTITY_CENTER, None),
        ContextKind::EksPodIdentity => (POD, Some(OF_POD)),
        ContextKind::Federated => (FEDERATED, None),
        ContextKind::SourceIdentity => (SOURCE_IDENTITY, Some(OF_SOURCE)),
    };
    html! {
        <section class="context" data-testid={testid(context.kind)}>
            <h3 class="claims__heading">{ title.in_language(language) }</h3>
            if let Some(remark) = remark {
                <p class="hint">{ remark.in_language(language) }</p>
            }
            <dl class="facts">
                { for context.facts.iter().map(|one| match one.label {
                    Label::Delivery => delivery(one, language),
                    _ => fact(one, language),
                }) }
            </dl>
        </section>
    }
}

fn testid(kind: ContextKind) -> &'static str {
    match kind {
        ContextKind::Ec2 => "context-ec2",
        ContextKind::Lambda => "context-lambda",
        ContextKind::Glue => "context-glue",
        ContextKind::IdentityCenter => "context-identity-center",
        ContextKind::EksPodIdentity => "context-eks",
        ContextKind::Federated => "context-federated",
        ContextKind::SourceIdentity => "context-source-identity",
    }
}

/// Which version of the instance metadata service delivered the credentials (IAM, `ec2:RoleDelivery`).
fn delivery(fact: &Fact, language: Language) -> Html {
    let service = match fact.value.as_str() {
        "1" | "1.0" => Some("IMDSv1"),
        "2" | "2.0" => Some("IMDSv2"),
        _ => None,
    };
    row(
        label(fact.label, language),
        fact.claim,
        html! {
            <>
                { for service.map(|service| html! { <>{ service }{ " " }</> }) }
                { data(&fact.value) }
            </>
        },
    )
}
