//! Administration on loopback: what AWS does on its own schedule, done on demand.
//!
//! - `GET /_countersign/state`: accounts with their issuers and key ids, and principals. No private keys,
//!   no secrets.
//! - `POST /_countersign/accounts/<account>/rotate[?overlap_seconds=N]`: new keys sign; the old ones stay
//!   published for the overlap.
//! - `POST /_countersign/accounts/<account>/withdraw?kid=<kid>`: a key disappears at once.
//! - `POST /_countersign/accounts/<account>/enable` and `…/disable`: switches the feature, whatever it was.
//! - `POST /_countersign/tokens`: a token for any principal, with a fault if one is wanted ([`crate::order`]).

use std::net::IpAddr;

use rand_core::CryptoRng;
use serde_json::{Value, json};

use crate::account::AccountState;
use crate::aws::AwsError;
use crate::config::Federation;
use crate::http::{Peer, Request, Response};
use crate::issuer::Issuer;
use crate::order::{Order, Refused};
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
        Err(refusal) => Response::json(refusal.status, &refusal.value()),
    }
}

struct Refusal {
    status: u16,
    code: &'static str,
    fault: &'static str,
    remedy: &'static str,
    because: Option<Refused>,
}

impl Refusal {
    fn new(status: u16, code: &'static str, fault: &'static str, remedy: &'static str) -> Self {
        Self { status, code, fault, remedy, because: None }
    }

    /// Why an order gave no token.
    fn of_order(refused: Refused) -> Self {
        let (status, code, fault, remedy) = match &refused {
            Refused::Malformed(_) => (
                400,
                "admin.invalid_order",
                "The order of a token cannot be understood.",
                "Correct what 'faults' names.",
            ),
            Refused::Aws(error) => (
                error.status,
                "admin.refused_by_aws",
                "STS does not grant this token.",
                "See 'aws' for its error, in its words.",
            ),
        };
        Self { because: Some(refused), ..Self::new(status, code, fault, remedy) }
    }

    fn value(&self) -> Value {
        let Self { code, fault, remedy, .. } = self;
        match &self.because {
            None => json!({ "code": code, "fault": fault, "remedy": remedy }),
            Some(Refused::Malformed(error)) => {
                let faults = error.to_json();
                json!({ "code": code, "fault": fault, "remedy": remedy, "faults": faults })
            }
            Some(Refused::Aws(AwsError { status, code: of_aws, message })) => {
                let aws = json!({ "status": status, "code": of_aws, "message": message });
                json!({ "code": code, "fault": fault, "remedy": remedy, "aws": aws })
            }
        }
    }
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
    Err(Refusal::new(
        403,
        "admin.not_loopback",
        "Administration is for programs on this machine only.",
        "Call http://127.0.0.1:<port>/_countersign/… from the machine the issuer runs on, not from a \
         web page.",
    ))
}

enum Command {
    Order(Box<Order>),
    Rotate { account: String, overlap_seconds: Option<u32> },
    State,
    Switch { account: String, to: Federation },
    Withdraw { account: String, kid: String },
}

impl Command {
    fn parse(request: &Request, path: &str) -> Result<Self, Refusal> {
        let parameters = Parameters::of(request);
        let segments: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("GET", ["state"]) => Ok(Self::State),
            ("POST", ["tokens"]) => {
                let order = Order::parse(&request.body).map_err(Refusal::of_order)?;
                Ok(Self::Order(Box::new(order)))
            }
            ("POST", ["accounts", account, "enable"]) => {
                Ok(Self::Switch { account: (*account).to_owned(), to: Federation::Enabled })
            }
            ("POST", ["accounts", account, "disable"]) => {
                Ok(Self::Switch { account: (*account).to_owned(), to: Federation::Disabled })
            }
            ("POST", ["accounts", account, "rotate"]) => {
                let overlap = parameters.value("overlap_seconds").map(str::parse).transpose();
                let overlap_seconds = overlap.map_err(|_| {
                    let fault = "The overlap is not a number of seconds.";
                    let remedy = "Write overlap_seconds=<number>, or leave it out.";
                    Refusal::new(400, "admin.invalid_overlap", fault, remedy)
                })?;
                Ok(Self::Rotate { account: (*account).to_owned(), overlap_seconds })
            }
            ("POST", ["accounts", account, "withdraw"]) => {
                let kid = parameters.value("kid").unwrap_or_default().to_owned();
                Ok(Self::Withdraw { account: (*account).to_owned(), kid })
            }
            _ => Err(Refusal::new(
                404,
                "admin.unknown_command",
                "There is no such administration command.",
                "GET state, POST tokens, or POST accounts/<account>/ with rotate, withdraw?kid=<kid>, \
                 enable or disable.",
            )),
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
            Self::Order(order) => {
                let token = order.perform(issuer, now, entropy).map_err(Refusal::of_order)?;
                Ok(json!({ "token": token }))
            }
            Self::Switch { account, to } => {
                account_state(issuer, &account)?.federation = to;
                issuer.revision += 1;
                Ok(account_value(issuer, &account, now))
            }
            Self::Rotate { account, overlap_seconds } => {
                let overlap = overlap_seconds.unwrap_or(issuer.config.settings.key_overlap_seconds);
                let algorithms = issuer.config.settings.algorithms.clone();
                let rsa_keys = issuer.rsa_keys;
                let ring = &mut account_state(issuer, &account)?.ring;
                ring.rotate(now, overlap, &algorithms, rsa_keys, entropy).map_err(|_| {
                    let fault = "The new keys could not be made.";
                    Refusal::new(500, "admin.key_failure", fault, "Try again.")
                })?;
                ring.forget_withdrawn(now);
                issuer.revision += 1;
                Ok(account_value(issuer, &account, now))
            }
            Self::Withdraw { account, kid } => {
                if !account_state(issuer, &account)?.ring.withdraw(&kid) {
                    return Err(Refusal::new(
                        404,
                        "admin.unknown_key",
                        "The account has no key with this kid.",
                        "Look at GET /_countersign/state for the account's keys.",
                    ));
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
    issuer.states.get_mut(account).filter(|_| known).ok_or_else(|| {
        let fault = "The configuration has no such account.";
        let remedy = "Look at GET /_countersign/state for the accounts.";
        Refusal::new(404, "admin.unknown_account", fault, remedy)
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
