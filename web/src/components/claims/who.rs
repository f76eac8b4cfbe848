use yew::prelude::*;

use super::super::data_text::data;
use super::facts::{group, row, value};
use crate::claims_view::{ClaimsView, Who};
use crate::language::core::principal_kind;
use crate::language::{Language, Text};

const TITLE: Text = Text::new("Who", "プリンシパル");
const SUBJECT: Text = Text::new("Subject", "サブジェクト");
const KIND: Text = Text::new("Kind", "種類");
const NAME: Text = Text::new("Name", "名前");
const PATH: Text = Text::new("Path", "パス");
const ACCOUNT: Text = Text::new("Account", "アカウント");
const PARTITION: Text = Text::new("Partition", "パーティション");
const PERMISSION_SET: Text = Text::new("Permission set", "許可セット");
const REGION: Text = Text::new("Identity Center region", "Identity Center のリージョン");
const SUFFIX: Text = Text::new("Suffix of the role's name", "ロール名の接尾辞");
const MISSING: Text = Text::new(
    "The token has no subject that is a text.",
    "トークンに文字列のサブジェクトがありません。",
);
const NOT_IAM: Text = Text::new(
    "Not the ARN of an IAM role or user, which is what AWS puts there.",
    "IAM ロールまたは IAM ユーザーの ARN ではありません。AWS はこのような値を設定しません。",
);
const AGREE: Text =
    Text::new("aws_account names the same account.", "aws_account も同じアカウントです。");
const DISAGREE: Text = Text::new(
    "aws_account names another account than the subject: a verifier refuses the token.",
    "aws_account のアカウントがサブジェクトと異なるため、トークンは拒否されます。",
);
const CLAIMED: Text = Text::new("Account in AWS's claim", "AWS のクレームのアカウント");
const PRINCIPAL_ID: Text = Text::new("Caller's ARN", "呼び出し元の ARN");
const SAME: Text = Text::new("The same as the subject.", "サブジェクトと同じです。");
const OTHER: Text = Text::new(
    "Not the same as the subject, as it is in every token seen so far.",
    "サブジェクトと異なります。これまでに確認されたトークンではすべて一致しています。",
);

/// Who the token speaks for.
pub(super) fn who(view: &ClaimsView, language: Language) -> Html {
    let inner = match &view.who {
        None => html! { <p class="note note--open">{ MISSING.in_language(language) }</p> },
        Some(who) => facts(who, language),
    };
    group(TITLE.in_language(language), inner)
}

fn facts(who: &Who, language: Language) -> Html {
    let text = |text: Text| text.in_language(language);
    let part = |name: Text, value: &str| row(text(name), None, data(value));
    html! {
        <>
            <dl class="facts">
                if let Some(principal) = &who.principal {
                    { row(text(NAME), None, html! { <strong>{ data(&principal.name) }</strong> }) }
                    { row(text(KIND), None, Html::from(principal_kind(principal.kind, language))) }
                    if let Some(reserved) = &who.reserved {
                        { part(PERMISSION_SET, &reserved.permission_set) }
                        { for reserved.region.iter().map(|region| part(REGION, region)) }
                        { part(SUFFIX, &reserved.suffix) }
                    }
                    { part(PATH, &principal.path) }
                    { part(ACCOUNT, &principal.account) }
                    { part(PARTITION, &principal.partition) }
                }
                { row(text(SUBJECT), Some("sub"), match &who.principal {
                    // Its parts stand above.
                    Some(principal) => data(&principal.arn),
                    None => value(&who.subject, language),
                }) }
                { claimed_account(who, language) }
                if let Some(id) = &who.principal_id {
                    { row(text(PRINCIPAL_ID), Some("principal_id"), match who.principal_ids_agree() {
                        Some(true) => html! { <span class="hint">{ text(SAME) }</span> },
                        _ => value(id, language),
                    }) }
                }
            </dl>
            { remarks(who, language) }
        </>
    }
}

/// The account in AWS's claim, where the subject does not say the same.
fn claimed_account(who: &Who, language: Language) -> Html {
    match (&who.account, who.accounts_agree()) {
        (Some(account), None | Some(false)) => {
            row(CLAIMED.in_language(language), Some("aws_account"), data(account))
        }
        _ => Html::default(),
    }
}

fn remarks(who: &Who, language: Language) -> Html {
    let accounts = who.accounts_agree().map(|agree| match agree {
        true => ("note note--good", AGREE),
        false => ("note note--bad", DISAGREE),
    });
    let not_iam = who.principal.is_none().then_some(("note note--open", NOT_IAM));
    let other = (who.principal_ids_agree() == Some(false)).then_some(("note note--open", OTHER));
    html! {
        for (class, text) in [not_iam, accounts, other].into_iter().flatten() {
            <p {class}>{ text.in_language(language) }</p>
        }
    }
}
