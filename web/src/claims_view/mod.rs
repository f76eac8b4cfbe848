//! What a token's claims mean, taken apart: data for the page, without words of its own. All of it is only
//! what the token says.

mod arn;
mod context;
mod kind;
mod label;
mod members;
mod organization;
mod payload;
#[cfg(test)]
mod tests;
mod times;
mod who;

pub use arn::arn_parts;
pub use context::{Context, ContextKind};
pub use kind::TokenKind;
pub use label::{Fact, Label};
pub use members::{Outline, arn_of, outline};
pub use organization::{Organization, Unit, UnitKind};
pub use times::{Reading, TimeClaim, TimeName};
pub use who::{Reserved, Who};

use payload::Payload;

use crate::state::Token;

/// The claims of a token, in groups.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimsView {
    /// Which of the tokens that AWS issues it is.
    pub kind: TokenKind,
    /// Who the token speaks for; `None` without a subject that is a string.
    pub who: Option<Who>,
    /// The issuer, if it is a string.
    pub issuer: Option<String>,
    /// The region whose STS endpoint issued the token.
    pub source_region: Option<String>,
    /// Whom the token is for.
    pub audiences: Vec<String>,
    /// Whether `aud` is an array, even of one.
    pub audience_is_array: bool,
    /// Its times, in the order in which they pass.
    pub times: Vec<TimeClaim>,
    /// The token's id.
    pub token_id: Option<String>,
    /// Where the account stands in its organization.
    pub organization: Option<Organization>,
    /// Tags of the role and its session.
    pub principal_tags: Vec<(String, String)>,
    /// Tags that the caller chose for this token.
    pub request_tags: Vec<(String, String)>,
    /// Where the caller runs, and how it came to its credentials.
    pub contexts: Vec<Context>,
    /// AWS's own claim.
    pub aws_claim: AwsClaim,
}

/// What there is of AWS's own claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsClaim {
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is there, and no object.
    NoObject,
}

impl ClaimsView {
    /// Takes the claims of a token apart; `None` if its payload is not a JSON object.
    pub fn of(token: &Token) -> Option<Self> {
        let payload = Payload::read(token)?;
        let (audiences, audience_is_array) = payload.one_or_many("aud");
        let principal_tags = payload.tags("principal_tags");
        let who = Who::read(&payload);
        Some(Self {
            kind: TokenKind::of(token, &payload),
            issuer: payload.text("iss"),
            source_region: payload.aws_text("source_region"),
            audiences,
            audience_is_array,
            times: times::read(&payload),
            token_id: payload.text("jti"),
            organization: Organization::read(&payload),
            contexts: context::read(&payload, who.as_ref(), &principal_tags),
            principal_tags,
            request_tags: payload.tags("request_tags"),
            aws_claim: payload.aws_claim(),
            who,
        })
    }

    /// When the token is valid from and until, and when its session ends, in seconds since the epoch.
    pub fn time(&self, name: TimeName) -> Option<u64> {
        let time = self.times.iter().find(|time| time.name == name)?;
        match time.reading {
            Reading::Seconds(at) => Some(at),
            _ => None,
        }
    }

    /// Whether the token outlives the session that asked for it.
    pub fn outlives_session(&self) -> bool {
        let (exp, session) = (self.time(TimeName::Expires), self.time(TimeName::SessionEnds));
        exp.zip(session).is_some_and(|(exp, session)| exp > session)
    }
}
