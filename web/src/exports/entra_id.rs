//! Microsoft Entra ID: federated identity credentials of an application.

use serde::Serialize;

use super::export::{Exported, Source, slug};
use super::note::Note;
use super::quote::{heredoc, json};
use super::trusted::trusted;
use crate::language::Text;

const CONSUMER: &str = "Entra ID";

/// The one audience that a federated identity credential can have.
const AUDIENCE: &str = "api://AzureADTokenExchange";

/// More credentials than this an application cannot have.
const MOST: usize = 20;

const CREATE: &str =
    "https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-create-trust";
const LIMITS: &str = "https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations";

const OTHER_AUDIENCE: Text = Text::new(
    "Entra ID takes the audience `api://AzureADTokenExchange` only, and the policy does not name it: ask STS for a token for that audience.",
    "Entra ID が受け付けるオーディエンスは `api://AzureADTokenExchange` のみですが、ポリシーにありません。STS にはこのオーディエンスを指定してください。",
);
const TOO_MANY: Text = Text::new(
    "An application can have 20 federated identity credentials, and the file has {count}.",
    "1 つのアプリケーションに登録できるフェデレーション ID 資格情報は 20 個までですが、ファイルには {count} 個あります。",
);
const HOW: Text = Text::new(
    "Set `APP_ID` to the application's id. For a user-assigned managed identity use `az identity federated-credential create` with the same values.",
    "`APP_ID` にアプリケーションの ID を設定してください。ユーザー割り当てマネージド ID の場合は、同じ値で `az identity federated-credential create` を使います。",
);

#[derive(Serialize)]
struct Credential<'a> {
    name: String,
    issuer: &'a str,
    subject: &'a str,
    description: String,
    audiences: [&'static str; 1],
}

pub(super) fn export(source: &Source<'_>) -> Exported {
    let (trusted, warnings) = trusted(source.policy, source.token, CONSUMER);
    if trusted.is_empty() {
        return Exported::nothing(warnings);
    }
    let from_token = trusted.iter().any(|one| one.from_token);
    let mut text = format!(
        "#!/bin/sh\n{}set -eu\n: \"${{APP_ID:?set it to the id of the application}}\"\n",
        source.comment("#", from_token)
    );
    for (number, one) in trusted.iter().enumerate() {
        let file = format!("federated-credential-{}.json", number + 1);
        let credential = Credential {
            name: slug(&one.rule, number),
            issuer: &one.issuer,
            subject: &one.subject,
            description: format!("Countersign policy, rule {}", one.rule),
            audiences: [AUDIENCE],
        };
        text.push('\n');
        text.push_str(&heredoc(&file, &json(&credential)));
        text.push_str(&format!(
            "az ad app federated-credential create --id \"$APP_ID\" --parameters {file}\n"
        ));
    }
    let mut exported = Exported { warnings, ..Exported::new(text) };
    source.only_rs256(CONSUMER, LIMITS, &mut exported);
    exported.warnings.extend(source.unchecked(CONSUMER));
    if !source.policy.audience.iter().any(|audience| audience == AUDIENCE) {
        exported.warnings.push(Note::new(OTHER_AUDIENCE).source(LIMITS));
    }
    if trusted.len() > MOST {
        exported.warnings.push(Note::new(TOO_MANY).value("count", trusted.len()).source(LIMITS));
    }
    exported.notes.push(Note::new(HOW).source(CREATE));
    exported
}
