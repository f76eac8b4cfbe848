//! Chainguard: assumable identities, by its Terraform provider.

use super::export::{Exported, Source, slug};
use super::note::Note;
use super::quote::hcl;
use super::trusted::{each_audience, trusted};
use crate::language::Text;

const CONSUMER: &str = "Chainguard";

/// The audience that Chainguard's guide for AWS asks STS for.
const USUAL_AUDIENCE: &str = "https://issuer.enforce.dev";

const IDENTITY: &str = "https://raw.githubusercontent.com/chainguard-dev/terraform-provider-chainguard/main/docs/resources/identity.md";
const COMMAND: &str =
    "https://edu.chainguard.dev/chainguard/chainctl/chainctl-docs/chainctl_iam_identities_create";

const HOW: Text = Text::new(
    "Set `chainguard_parent_id` to your organization or folder, and bind a role to the identity.",
    "`chainguard_parent_id` に組織またはフォルダーを設定し、この ID にロールを割り当ててください。",
);
const ON_COMMAND_LINE: Text = Text::new(
    "On the command line: `chainctl iam identities create NAME --identity-issuer=… --subject=… --audience=…`.",
    "コマンドラインの場合: `chainctl iam identities create NAME --identity-issuer=… --subject=… --audience=…`",
);
const OTHER_AUDIENCE: Text = Text::new(
    "Chainguard's guide for AWS uses the audience `https://issuer.enforce.dev`, which the policy does not name.",
    "Chainguard の AWS 向けガイドではオーディエンスに `https://issuer.enforce.dev` を使いますが、ポリシーにはありません。",
);

const VARIABLE: &str = r#"
variable "chainguard_parent_id" {
  type        = string
  description = "The organization or folder that the identities belong to."
}
"#;

pub(super) fn export(source: &Source<'_>) -> Exported {
    let (trusted, warnings) = trusted(source.policy, source.token, CONSUMER);
    if trusted.is_empty() {
        return Exported::nothing(warnings);
    }
    let from_token = trusted.iter().any(|one| one.from_token);
    let mut text = source.comment("#", from_token) + VARIABLE;
    let mut number = 0;
    for one in &trusted {
        for audience in each_audience(&source.policy.audience) {
            let name = slug(&one.rule, number);
            number += 1;
            text.push_str(&format!(
                "\nresource \"chainguard_identity\" \"{}\" {{\n  \
                 parent_id = var.chainguard_parent_id\n  name      = \"{name}\"\n\n  \
                 claim_match {{\n    issuer   = {}\n    subject  = {}\n",
                name.replace('-', "_"),
                hcl(&one.issuer),
                hcl(&one.subject)
            ));
            if let Some(audience) = audience {
                text.push_str(&format!("    audience = {}\n", hcl(audience)));
            }
            text.push_str("  }\n}\n");
        }
    }
    let mut exported = Exported { warnings, ..Exported::new(text) };
    exported.warnings.extend(source.unchecked(CONSUMER));
    exported.warnings.extend(source.no_audience(CONSUMER));
    let audience = &source.policy.audience;
    if !audience.is_empty() && !audience.iter().any(|audience| audience == USUAL_AUDIENCE) {
        exported.warnings.push(Note::new(OTHER_AUDIENCE));
    }
    exported.notes.push(Note::new(HOW).source(IDENTITY));
    exported.notes.push(Note::new(ON_COMMAND_LINE).source(COMMAND));
    exported
}
