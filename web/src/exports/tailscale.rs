//! Tailscale: federated identities, by its Terraform provider.

use super::export::{Exported, Source, slug};
use super::note::Note;
use super::quote::hcl;
use super::trusted::{each_audience, trusted};
use crate::language::Text;

const CONSUMER: &str = "Tailscale";

const FEATURE: &str = "https://tailscale.com/docs/features/workload-identity-federation";

const HOW: Text = Text::new(
    "Choose the scopes and tags that the identity is given. Custom claim rules exist, but whether they reach into AWS's nested claim could not be confirmed, so none are written.",
    "この ID に与えるスコープとタグを指定してください。カスタムクレームルールもありますが、入れ子になった AWS のクレームを参照できるか確認できていないため、書き出していません。",
);

const VARIABLES: &str = r#"
variable "tailscale_scopes" {
  type        = set(string)
  description = "The scopes that the identity is given, for example auth_keys."
}

variable "tailscale_tags" {
  type        = set(string)
  description = "The tags that its devices may have; needed with the scopes auth_keys and devices:core."
}
"#;

pub(super) fn export(source: &Source<'_>) -> Exported {
    let (trusted, warnings) = trusted(source.policy, source.token, CONSUMER);
    if trusted.is_empty() {
        return Exported::nothing(warnings);
    }
    let from_token = trusted.iter().any(|one| one.from_token);
    let mut text = source.comment("#", from_token) + VARIABLES;
    let mut number = 0;
    for one in &trusted {
        for audience in each_audience(&source.policy.audience) {
            let name = slug(&one.rule, number).replace('-', "_");
            number += 1;
            text.push_str(&format!(
                "\nresource \"tailscale_federated_identity\" \"{name}\" {{\n  \
                 scopes   = var.tailscale_scopes\n  tags     = var.tailscale_tags\n  \
                 issuer   = {}\n  subject  = {}\n",
                hcl(&one.issuer),
                hcl(&one.subject)
            ));
            if let Some(audience) = audience {
                text.push_str(&format!("  audience = {}\n", hcl(audience)));
            }
            text.push_str("}\n");
        }
    }
    let mut exported = Exported { warnings, ..Exported::new(text) };
    exported.warnings.extend(source.unchecked(CONSUMER));
    exported.warnings.extend(source.no_audience(CONSUMER));
    exported.notes.extend(source.es384_unknown(CONSUMER));
    exported.notes.push(Note::new(HOW).source(FEATURE));
    exported
}
