use countersign::json::{Kind, Value};
use countersign::{Instant, MILLISECONDS_FROM};

use super::payload::{Payload, shown};

/// A time in a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeClaim {
    /// Which it is.
    pub name: TimeName,
    /// What it says.
    pub reading: Reading,
}

/// Which of a token's times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeName {
    /// `iat`
    Issued,
    /// `nbf`
    NotBefore,
    /// `exp`
    Expires,
    /// `original_session_exp` of AWS's claim
    SessionEnds,
}

impl TimeName {
    /// The claim's name.
    pub const fn claim(self) -> &'static str {
        match self {
            Self::Issued => "iat",
            Self::NotBefore => "nbf",
            Self::Expires => "exp",
            Self::SessionEnds => "original_session_exp",
        }
    }
}

/// What a time in a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A time in seconds since the epoch.
    Seconds(u64),
    /// A number so large that it must be milliseconds; the time that it then is, in seconds.
    Milliseconds(u64),
    /// No time: the value's text.
    Unreadable(String),
}

pub(super) fn read(payload: &Payload) -> Vec<TimeClaim> {
    let time = |name: TimeName, value: Option<Value<'_>>| {
        Some(TimeClaim { name, reading: Reading::of(name, value?) })
    };
    let claims = [TimeName::Issued, TimeName::NotBefore, TimeName::Expires];
    let own = claims.into_iter().filter_map(|name| time(name, payload.claim(name.claim())));
    let session = TimeName::SessionEnds;
    own.chain(time(session, payload.aws(session.claim()))).collect()
}

impl Reading {
    fn of(name: TimeName, value: Value<'_>) -> Self {
        let unreadable = || Self::Unreadable(value.raw().to_owned());
        if name == TimeName::SessionEnds && value.kind() == Kind::String {
            let instant = Instant::parse_rfc3339(&shown(value));
            return instant.map_or_else(unreadable, |instant| Self::Seconds(instant.0));
        }
        match value.as_integer().map(u64::try_from) {
            Some(Ok(number)) if number >= MILLISECONDS_FROM => Self::Milliseconds(number / 1_000),
            Some(Ok(number)) => Self::Seconds(number),
            _ => unreadable(),
        }
    }
}
