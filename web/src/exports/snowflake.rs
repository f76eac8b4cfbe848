//! Snowflake: service users with a workload identity.

use super::export::{Exported, Source, slug};
use super::note::Note;
use super::quote::sql;
use super::trusted::trusted;
use crate::language::Text;

const CONSUMER: &str = "Snowflake";

/// A subject is at most this long, in characters.
const LONGEST_SUBJECT: usize = 255;

const SYNTAX: &str =
    "https://docs.snowflake.com/en/sql-reference/sql/alter-user-add-workload-identity.md";

const HOW: Text = Text::new(
    "Rename the users as you like, and grant them roles. `TYPE = AWS` exists too, and is something else: there the workload sends a signed request to STS, not this token.",
    "ユーザー名は自由に変更し、ロールを付与してください。`TYPE = AWS` は別の方式です。ワークロードはこのトークンではなく、STS への署名付きリクエストを送ります。",
);
const LONG_SUBJECT: Text = Text::new(
    "{subject} has more than the 255 characters that Snowflake takes as a subject.",
    "{subject} は Snowflake の SUBJECT の上限 (255 文字) を超えています。",
);

pub(super) fn export(source: &Source<'_>) -> Exported {
    let (trusted, warnings) = trusted(source.policy, source.token, CONSUMER);
    if trusted.is_empty() {
        return Exported::nothing(warnings);
    }
    let from_token = trusted.iter().any(|one| one.from_token);
    let mut exported = Exported { warnings, ..Exported::new(source.comment("--", from_token)) };
    let audiences: Vec<String> = source.policy.audience.iter().map(|text| sql(text)).collect();
    for (number, one) in trusted.iter().enumerate() {
        let user = slug(&one.rule, number).replace('-', "_").to_ascii_uppercase();
        let mut identity = vec![
            "TYPE = OIDC".to_owned(),
            format!("ISSUER = {}", sql(&one.issuer)),
            format!("SUBJECT = {}", sql(&one.subject)),
        ];
        if !audiences.is_empty() {
            identity.push(format!("OIDC_AUDIENCE_LIST = ({})", audiences.join(", ")));
        }
        exported.text.push_str(&format!(
            "\nCREATE USER {user}\n  TYPE = SERVICE\n  WORKLOAD_IDENTITY = (\n    {}\n  );\n",
            identity.join("\n    ")
        ));
        if one.subject.chars().count() > LONGEST_SUBJECT {
            exported.warnings.push(Note::new(LONG_SUBJECT).value("subject", &one.subject));
        }
    }
    exported.warnings.extend(source.unchecked(CONSUMER));
    exported.warnings.extend(source.no_audience(CONSUMER));
    exported.notes.extend(source.es384_unknown(CONSUMER));
    exported.notes.push(Note::new(HOW).source(SYNTAX));
    exported
}
