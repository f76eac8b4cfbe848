//! Administration on loopback: what AWS does on its own schedule, done on demand.
//!
//! - `GET /_countersign/state`: accounts with their issuers and key ids, and principals. No private keys,
//!   no secrets.
//! - `POST /_countersign/accounts/<account>/rotate[?overlap_seconds=N]`: new keys sign; the old ones stay
//!   published for the overlap.
//! - `POST /_countersign/accounts/<account>/withdraw?kid=<kid>`: a key disappears at once.

use std::net::IpAddr;

use rand_core::CryptoRng;
use serde_json::{Value, json};

use crate::account::AccountState;
use crate::http::{Peer, Request, Response};
use crate::issuer::Issuer;
use crate::query::Parameters;
use crate::time::Timestamp;

/// Answers a request for `/_countersign/<path>`.
pub(crate) fn respond(
    issuer: &mut Issuer,
    request: &Request,
    path: &str,
    now: Timestamp,
    entropy: &mut (impl CryptoRng + ?Sized),
) -> Response {
    let answer = check_origin(request)
        .and_then(|()| Command::parse(request, path))
        .and_then(|command| command.perform(issuer, now, entropy));
    match answer {
        Ok(value) => Response::json(200, &value).with_header("cache-control", "no-store"),
        Err(Refusal { status, code, fault, remedy }) => {
            Response::json(status, &json!({ "code": code, "fault": fault, "remedy": remedy }))
        }
    }
}

struct Refusal {
    status: u16,
    code: &'static str,
    fault: &'static str,
    remedy: &'static str,
}

/// Refuses other machines, web pages, and host names that were pointed at loopback by someone else's DNS.
fn check_origin(request: &Request) -> Result<(), Refusal> {
    let host = request.host_name();
    let host_is_loopback = host == "localhost"
        || host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    if request.peer == Peer::Loopback && host_is_loopback && request.header("origin").is_none() {
        return Ok(());
    }
    Err(Refusal {
        status: 403,
        code: "admin.not_loopback",
        fault: "Administration is for programs on this machine only.",
        remedy: "Call http://127.0.0.1:<port>/_countersign/… from the machine the issuer runs on, \
                 not from a web page.",
    })
}

enum Command {
    Rotate { account: String, overlap_seconds: Option<u32> },
    State,
    Withdraw { account: String, kid: String },
}

impl Command {
    fn parse(request: &Request, path: &str) -> Result<Self, Refusal> {
        let parameters = Parameters::of(request);
        let segments: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("GET", ["state"]) => Ok(Self::State),
            ("POST", ["accounts", account, "rotate"]) => {
                let overlap = parameters.value("overlap_seconds").map(str::parse).transpose();
                let overlap_seconds = overlap.map_err(|_| Refusal {
                    status: 400,
                    code: "admin.invalid_overlap",
                    fault: "The overlap is not a number of seconds.",
                    remedy: "Write overlap_seconds=<number>, or leave it out.",
                })?;
                Ok(Self::Rotate { account: (*account).to_owned(), overlap_seconds })
            }
            ("POST", ["accounts", account, "withdraw"]) => {
                let kid = parameters.value("kid").unwrap_or_default().to_owned();
                Ok(Self::Withdraw { account: (*account).to_owned(), kid })
            }
            _ => Err(Refusal {
                status: 404,
                code: "admin.unknown_command",
                fault: "There is no such administration command.",
                remedy: "GET state, POST accounts/<account>/rotate, or POST \
                         accounts/<account>/withdraw?kid=<kid>.",
            }),
        }
    }

    fn perform(
        self,
        issuer: &mut Issuer,
        now: Timestamp,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Value, Refusal> {
        match self {
            Self::State => Ok(state(issuer, now)),
            Self::Rotate { account, overlap_seconds } => {
                let overlap = overlap_seconds.unwrap_or(issuer.config.settings.key_overlap_seconds);
                let ring = &mut account_state(issuer, &account)?.ring;
                ring.rotate(now, overlap, entropy).map_err(|_| Refusal {
                    status: 500,
                    code: "admin.key_failure",
                    fault: "The new keys could not be made.",
                    remedy: "Try again.",
                })?;
                ring.forget_withdrawn(now);
                issuer.revision += 1;
                Ok(account_value(issuer, &account, now))
            }
            Self::Withdraw { account, kid } => {
                if !account_state(issuer, &account)?.ring.withdraw(&kid) {
                    return Err(Refusal {
                        status: 404,
                        code: "admin.unknown_key",
                        fault: "The account has no key with this kid.",
                        remedy: "Look at GET /_countersign/state for the account's keys.",
                    });
                }
                issuer.revision += 1;
                Ok(account_value(issuer, &account, now))
            }
        }
    }
}

fn account_state<'a>(
    issuer: &'a mut Issuer,
    account: &str,
) -> Result<&'a mut AccountState, Refusal> {
    let known = issuer.config.accounts.contains_key(account);
    issuer.states.get_mut(account).filter(|_| known).ok_or(Refusal {
        status: 404,
        code: "admin.unknown_account",
        fault: "The configuration has no such account.",
        remedy: "Look at GET /_countersign/state for the accounts.",
    })
}

fn state(issuer: &Issuer, now: Timestamp) -> Value {
    let accounts: Vec<Value> =
        issuer.config.accounts.keys().map(|account| account_value(issuer, account, now)).collect();
    let principals: Vec<Value> = issuer
        .config
        .principals
        .iter()
        .map(|(access_key_id, principal)| {
            json!({
                "access_key_id": access_key_id,
                "account": principal.arn.account(),
                "arn": principal.arn.as_str(),
                "session_expires_at": principal.session.expiry(now).map(|end| end.to_string()),
            })
        })
        .collect();
    json!({ "accounts": accounts, "principals": principals })
}

fn account_value(issuer: &Issuer, id: &str, now: Timestamp) -> Value {
    let (Some(account), Some(state)) = (issuer.config.accounts.get(id), issuer.states.get(id))
    else {
        return Value::Null;
    };
    let keys: Vec<Value> = state
        .ring
        .published(now)
        .into_iter()
        .map(|key| {
            json!({
                "alg": key.algorithm(),
                "kid": key.kid(),
                "withdrawn_at": key.withdrawn_at().map(|end| end.to_string()),
            })
        })
        .collect();
    json!({
        "account": id,
        "federation": state.federation,
        "issuer": state.issuer(issuer.config.settings.form, &issuer.base_url),
        "keys": keys,
        "organization": account.organization,
        "ou_path": account.ou_path,
    })
}
