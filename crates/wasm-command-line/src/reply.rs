//! What came of a request, as the host tells it.

use std::net::SocketAddr;

use countersign::{FetchFailure, FetchOutcome, FreshnessHeaders};
use countersign_command_line::{OpenFault, OsFault, ReadFault, Request, StateFault};
use serde::Deserialize;
use serde_json::{Error, from_str};

/// Gives the reply that the answer holds.
pub(crate) fn give(request: Request, answer: &str, octets: Vec<u8>) -> Result<(), Error> {
    match request {
        Request::ReadFile { reply, .. } => reply.give(match from_str(answer)? {
            Read::Done => Ok(octets),
            Read::Unopened(fault) => Err(ReadFault::Open(fault.into())),
            Read::Unread(fault) => Err(ReadFault::Read(fault.into())),
        }),
        Request::ReadStandardInput { reply, .. } => {
            reply.give(done(answer)?.map(|()| octets));
        }
        Request::Write { reply, .. } => reply.give(done(answer)?),
        Request::Fetch { exchange, reply } => reply.give(match from_str(answer)? {
            Fetched::Response { status, freshness } => {
                FetchOutcome::Response { status, freshness, body: octets }
            }
            Fetched::TooLarge => exchange.too_large(),
            Fetched::Timeout => exchange.timed_out(),
            Fetched::Failed(fault) => {
                let detail = format!("io: {}", OsFault::from(fault));
                FetchOutcome::Failed { reason: FetchFailure::Network, detail }
            }
        }),
        Request::Listen { reply, .. } => reply.give(match from_str(answer)? {
            Listening::Address(address) => Ok(address),
            Listening::Failed(fault) => Err(fault.into()),
        }),
        Request::OpenIssuer { reply, .. } => reply.give(match from_str(answer)? {
            Opened::Issuers(issuers) => Ok(issuers),
            Opened::Unreadable(fault) => {
                Err(OpenFault::State(StateFault::unreadable(&fault.into())))
            }
            Opened::Unsaved(fault) => Err(OpenFault::State(StateFault::unsaved(&fault.into()))),
            Opened::Unusable { code, fault, remedy } => {
                Err(OpenFault::State(StateFault { code, fault, remedy }))
            }
        }),
        Request::ServeIssuer { reply } => reply.give(done(answer)?),
        // Left without a reply, which ends the program.
        _ => {}
    }
    Ok(())
}

/// What a state that was not saved is told as.
pub(crate) fn unsaved(reason: &str) -> Result<String, Error> {
    let reason: SystemError = from_str(reason)?;
    Ok(StateFault::unsaved(&reason.into()).to_string())
}

fn done(answer: &str) -> Result<Result<(), OsFault>, Error> {
    Ok(match from_str(answer)? {
        Done::Done => Ok(()),
        Done::Failed(fault) => Err(fault.into()),
    })
}

/// An error of Node's: what it has of the operating system's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SystemError {
    /// POSIX's name.
    code: String,
    /// The operating system's number, if it is one.
    number: Option<i32>,
    /// Node's words.
    message: String,
}

impl From<SystemError> for OsFault {
    fn from(SystemError { code, number, message }: SystemError) -> Self {
        Self::named(&code, number, &message)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Read {
    Done,
    Unopened(SystemError),
    Unread(SystemError),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Done {
    Done,
    Failed(SystemError),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Fetched {
    Response { status: u16, freshness: FreshnessHeaders },
    TooLarge,
    Timeout,
    Failed(SystemError),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Listening {
    Address(SocketAddr),
    Failed(SystemError),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Opened {
    Issuers(Vec<(String, String)>),
    Unreadable(SystemError),
    Unsaved(SystemError),
    Unusable { code: String, fault: String, remedy: String },
}
