use countersign::{Algorithm, PolicyDocument};

use super::note::Note;
use super::provenance::{comment, provenance, token_line};
use super::token_facts::TokenFacts;
use super::{
    chainguard, code, databricks, entra_id, google_cloud, iam_policy, snowflake, tailscale,
};
use crate::language::Text;

/// What a policy can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Export {
    /// The policy's own JSON, with its defaults filled in.
    Json,
    /// A module for the npm package.
    TypeScript,
    /// A program for the Rust crate.
    Rust,
    /// A script for the command line.
    CommandLine,
    /// Federated identity credentials of an application in Microsoft Entra ID.
    EntraId,
    /// Providers of a workload identity pool in Google Cloud.
    GoogleCloud,
    /// Service users of Snowflake.
    Snowflake,
    /// Federation policies of a service principal of Databricks.
    Databricks,
    /// Federated identities of Tailscale, for Terraform.
    Tailscale,
    /// Identities of Chainguard, for Terraform.
    Chainguard,
    /// An IAM policy for whoever asks STS for tokens.
    IamPolicy,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The file; empty if nothing of the policy can be written, and then a warning says why.
    pub text: String,
    /// What to know about it.
    pub notes: Vec<Note>,
    /// What of the policy it does not say, and where its consumer would refuse tokens.
    pub warnings: Vec<Note>,
}

impl Export {
    /// Every export, in the order of a menu.
    pub const ALL: [Self; 11] = [
        Self::Json,
        Self::TypeScript,
        Self::Rust,
        Self::CommandLine,
        Self::EntraId,
        Self::GoogleCloud,
        Self::Snowflake,
        Self::Databricks,
        Self::Tailscale,
        Self::Chainguard,
        Self::IamPolicy,
    ];

    /// The name, for people.
    pub const fn name(self) -> Text {
        match self {
            Self::Json => Text::new("JSON", "JSON"),
            Self::TypeScript => Text::new("TypeScript", "TypeScript"),
            Self::Rust => Text::new("Rust", "Rust"),
            Self::CommandLine => Text::new("Command line", "コマンドライン"),
            Self::EntraId => Text::new("Microsoft Entra ID", "Microsoft Entra ID"),
            Self::GoogleCloud => Text::new("Google Cloud", "Google Cloud"),
            Self::Snowflake => Text::new("Snowflake", "Snowflake"),
            Self::Databricks => Text::new("Databricks", "Databricks"),
            Self::Tailscale => Text::new("Tailscale", "Tailscale"),
            Self::Chainguard => Text::new("Chainguard", "Chainguard"),
            Self::IamPolicy => Text::new("IAM policy (caller's side)", "IAM ポリシー (呼び出し側)"),
        }
    }

    /// The name of the file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Json => "policy.json",
            Self::TypeScript => "authenticate.ts",
            Self::Rust => "authenticate.rs",
            Self::CommandLine => "verify.sh",
            Self::EntraId => "entra-id.sh",
            Self::GoogleCloud => "google-cloud.sh",
            Self::Snowflake => "snowflake.sql",
            Self::Databricks => "databricks.sh",
            Self::Tailscale => "tailscale.tf",
            Self::Chainguard => "chainguard.tf",
            Self::IamPolicy => "iam-policy.json",
        }
    }

    /// The language that the file is written in, as a class of code blocks names it.
    pub const fn language(self) -> &'static str {
        match self {
            Self::Json | Self::IamPolicy => "json",
            Self::TypeScript => "typescript",
            Self::Rust => "rust",
            Self::CommandLine | Self::EntraId | Self::GoogleCloud | Self::Databricks => "shell",
            Self::Snowflake => "sql",
            Self::Tailscale | Self::Chainguard => "terraform",
        }
    }
}

/// Writes a policy for a consumer. `generated_at` is in seconds since the epoch.
pub fn export(
    kind: Export,
    policy: &PolicyDocument,
    token: Option<&TokenFacts>,
    generated_at: u64,
) -> Exported {
    let source = Source { policy, token, generated_at };
    match kind {
        Export::Json => code::policy_json(&source),
        Export::TypeScript => code::type_script(&source),
        Export::Rust => code::rust_program(&source),
        Export::CommandLine => code::command_line(&source),
        Export::EntraId => entra_id::export(&source),
        Export::GoogleCloud => google_cloud::export(&source),
        Export::Snowflake => snowflake::export(&source),
        Export::Databricks => databricks::export(&source),
        Export::Tailscale => tailscale::export(&source),
        Export::Chainguard => chainguard::export(&source),
        Export::IamPolicy => iam_policy::export(&source),
    }
}

/// What an export is made from.
pub(super) struct Source<'a> {
    pub(super) policy: &'a PolicyDocument,
    pub(super) token: Option<&'a TokenFacts>,
    pub(super) generated_at: u64,
}

const ONLY_RS256: Text = Text::new(
    "{consumer} takes RS256 only, and the policy does not allow it: no token that the policy accepts will work.",
    "{consumer} は RS256 のみに対応していますが、ポリシーで許可されていません。ポリシーが受け入れるトークンは使えません。",
);
const TOKEN_NOT_RS256: Text = Text::new(
    "The token in hand is signed with {algorithm}, and {consumer} takes RS256 only: ask STS for RS256.",
    "このトークンの署名は {algorithm} ですが、{consumer} は RS256 のみに対応しています。STS に RS256 を指定してください。",
);
const ASK_FOR_RS256: Text = Text::new(
    "Tokens for {consumer} must be signed with RS256: `--signing-algorithm RS256`.",
    "{consumer} 向けのトークンは RS256 で署名する必要があります: `--signing-algorithm RS256`",
);
const ES384_UNKNOWN: Text = Text::new(
    "Whether {consumer} takes ES384 could not be confirmed. If it refuses a token, ask STS for RS256.",
    "{consumer} が ES384 に対応しているかは確認できていません。拒否された場合は STS に RS256 を指定してください。",
);
const NO_AUDIENCE: Text = Text::new(
    "The policy accepts any audience, so the file names none: {consumer} then expects its own default.",
    "ポリシーがすべてのオーディエンスを受け入れるため、ファイルには指定していません。{consumer} の既定値が使われます。",
);
const UNCHECKED: Text = Text::new(
    "{consumer} does not check {members} of the policy: limit the callers by the IAM policy, on their side.",
    "{consumer} はポリシーの {members} を検証しません。呼び出し側の IAM ポリシーで制限してください。",
);

impl Source<'_> {
    /// A comment of what the file was generated from, its lines beginning with `mark`.
    pub(super) fn comment(&self, mark: &str, from_token: bool) -> String {
        let mut lines = provenance(self.policy, self.generated_at);
        lines.extend(token_line(from_token, self.token));
        comment(mark, &lines)
    }

    /// Warnings and notes about a consumer that takes RS256 only.
    pub(super) fn only_rs256(&self, consumer: &str, url: &'static str, exported: &mut Exported) {
        let note = |text| Note::new(text).value("consumer", consumer).source(url);
        let allows = self.policy.algorithms.contains(&Algorithm::Rs256);
        let other = self.token.filter(|token| token.algorithm != Algorithm::Rs256.as_str());
        if !allows {
            exported.warnings.push(note(ONLY_RS256));
        }
        if let Some(token) = other {
            let warning = note(TOKEN_NOT_RS256).value("algorithm", &token.algorithm);
            exported.warnings.push(warning);
        }
        if allows && other.is_none() {
            exported.notes.push(note(ASK_FOR_RS256));
        }
    }

    /// A warning about what of the policy, besides its rules, a consumer does not check.
    pub(super) fn unchecked(&self, consumer: &str) -> Option<Note> {
        let (policy, usual) = (self.policy, PolicyDocument::default());
        let members: Vec<&str> = [
            ("`algorithms`", usual.algorithms.iter().any(|one| !policy.algorithms.contains(one))),
            ("`maxLifetimeSeconds`", policy.max_lifetime_seconds != usual.max_lifetime_seconds),
            ("`maxAgeSeconds`", policy.max_age_seconds.is_some()),
        ]
        .into_iter()
        .filter_map(|(member, is_limited)| is_limited.then_some(member))
        .collect();
        let note = Note::new(UNCHECKED).value("consumer", consumer);
        (!members.is_empty()).then(|| note.value("members", members.join(", ")))
    }

    /// A note about a consumer that may not take ES384, if it could meet it.
    pub(super) fn es384_unknown(&self, consumer: &str) -> Option<Note> {
        let allowed = self.policy.algorithms.contains(&Algorithm::Es384);
        allowed.then(|| Note::new(ES384_UNKNOWN).value("consumer", consumer))
    }

    /// A warning if there is no audience to name.
    pub(super) fn no_audience(&self, consumer: &str) -> Option<Note> {
        let none = self.policy.audience.is_empty();
        none.then(|| Note::new(NO_AUDIENCE).value("consumer", consumer))
    }
}

impl Exported {
    pub(super) fn new(text: String) -> Self {
        Self { text, notes: Vec::new(), warnings: Vec::new() }
    }

    /// Nothing, for these reasons.
    pub(super) fn nothing(warnings: Vec<Note>) -> Self {
        Self { text: String::new(), notes: Vec::new(), warnings }
    }
}

/// A name of small letters, digits and hyphens from a rule's name, unique by its number.
pub(super) fn slug(rule: &str, number: usize) -> String {
    let words: Vec<String> = rule
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut name = String::from("aws");
    for word in words {
        if name.len() + word.len() > 26 {
            break;
        }
        name.push('-');
        name.push_str(&word);
    }
    format!("{name}-{}", number + 1)
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_plain_and_short() {
        assert_eq!(slug("Billing batch", 0), "aws-billing-batch-1");
        assert_eq!(slug("trust[3]", 3), "aws-trust-3-4");
        assert_eq!(slug("'; DROP ${x}\n請求", 9), "aws-drop-x-10");
        assert!(slug(&"long ".repeat(50), 9_999).len() <= 32);
    }
}
