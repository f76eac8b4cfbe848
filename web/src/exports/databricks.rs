//! Databricks: federation policies of a service principal.

use serde::Serialize;

use super::export::{Exported, Source};
use super::note::Note;
use super::quote::{heredoc, json};
use super::trusted::trusted;
use crate::language::Text;

const CONSUMER: &str = "Databricks";

const COMMAND: &str = "https://docs.databricks.com/aws/en/dev-tools/cli/reference/account-service-principal-federation-policy-commands";

const HOW: Text = Text::new(
    "Set `SERVICE_PRINCIPAL_ID` to the numeric id of the service principal. One example on the command's page leaves out `oidc_policy`; the API has it.",
    "`SERVICE_PRINCIPAL_ID` にサービスプリンシパルの数値 ID を設定してください。コマンドのページには `oidc_policy` を省いた例がありますが、API では必要です。",
);

#[derive(Serialize)]
struct FederationPolicy<'a> {
    description: String,
    oidc_policy: OidcPolicy<'a>,
}

#[derive(Serialize)]
struct OidcPolicy<'a> {
    issuer: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    audiences: &'a [String],
    subject: &'a str,
}

pub(super) fn export(source: &Source<'_>) -> Exported {
    let (trusted, warnings) = trusted(source.policy, source.token, CONSUMER);
    if trusted.is_empty() {
        return Exported::nothing(warnings);
    }
    let from_token = trusted.iter().any(|one| one.from_token);
    let mut text = format!(
        "#!/bin/sh\n{}set -eu\n\
         : \"${{SERVICE_PRINCIPAL_ID:?set it to the numeric id of the service principal}}\"\n",
        source.comment("#", from_token)
    );
    for (number, one) in trusted.iter().enumerate() {
        let file = format!("federation-policy-{}.json", number + 1);
        let policy = FederationPolicy {
            description: format!("Countersign policy, rule {}", one.rule),
            oidc_policy: OidcPolicy {
                issuer: &one.issuer,
                audiences: &source.policy.audience,
                subject: &one.subject,
            },
        };
        text.push('\n');
        text.push_str(&heredoc(&file, &json(&policy)));
        text.push_str(&format!(
            "databricks account service-principal-federation-policy create \\\n  \
             \"$SERVICE_PRINCIPAL_ID\" --json @{file}\n"
        ));
    }
    let mut exported = Exported { warnings, ..Exported::new(text) };
    exported.warnings.extend(source.unchecked(CONSUMER));
    exported.warnings.extend(source.no_audience(CONSUMER));
    exported.notes.extend(source.es384_unknown(CONSUMER));
    exported.notes.push(Note::new(HOW).source(COMMAND));
    exported
}
