//! The query API: which operation a request asks for, and its answer.

use rand_core::CryptoRng;

use crate::account::random_uuid;
use crate::authenticate::authenticate;
use crate::aws::{AwsError, Service};
use crate::http::{Request, Response};
use crate::issuer::Issuer;
use crate::query::Parameters;
use crate::time::Timestamp;
use crate::{iam, sts};

/// The host that serves STS without a region, where tokens cannot be had.
const GLOBAL_STS_HOST: &str = "sts.amazonaws.com";

pub(crate) fn respond(
    issuer: &mut Issuer,
    request: &Request,
    now: Timestamp,
    entropy: &mut (impl CryptoRng + ?Sized),
) -> Response {
    let request_id = random_uuid(entropy);
    let parameters = Parameters::of(request);
    let version = parameters.value("Version").unwrap_or("NO_VERSION_SPECIFIED");
    let service = Service::of_version(version).unwrap_or(Service::Sts);
    let answer = operation(&parameters, version).and_then(|operation| {
        let result = perform(issuer, request, &parameters, operation, now, entropy)?;
        Ok(service.success(operation.name(), &request_id, result.as_deref()))
    });
    answer.unwrap_or_else(|error| error.respond(service, &request_id))
}

/// Members of a result element, in AWS's order; `None` for an operation without output.
pub(crate) type OperationResult = Option<Vec<(&'static str, String)>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Iam(iam::Operation),
    Sts(sts::Operation),
}

impl Operation {
    fn name(self) -> &'static str {
        match self {
            Self::Iam(operation) => operation.name(),
            Self::Sts(operation) => operation.name(),
        }
    }
}

fn operation(parameters: &Parameters, version: &str) -> Result<Operation, AwsError> {
    let action = parameters.value("Action").unwrap_or_default();
    if action.is_empty() {
        let message = "The request is missing an action or a required parameter.";
        return Err(AwsError::new(400, "MissingAction", message));
    }
    let known = match Service::of_version(version) {
        Some(Service::Iam) => iam::Operation::named(action).map(Operation::Iam),
        Some(Service::Sts) => sts::Operation::named(action).map(Operation::Sts),
        None => None,
    };
    known.ok_or_else(|| {
        let message = format!("Could not find operation {action} for version {version}");
        AwsError::new(400, "InvalidAction", message)
    })
}

fn perform(
    issuer: &mut Issuer,
    request: &Request,
    parameters: &Parameters,
    operation: Operation,
    now: Timestamp,
    entropy: &mut (impl CryptoRng + ?Sized),
) -> Result<OperationResult, AwsError> {
    let Issuer { config, base_url, states, revision, rsa_keys } = issuer;
    let service = match operation {
        Operation::Iam(_) => Service::Iam,
        Operation::Sts(_) => Service::Sts,
    };
    let caller = authenticate(config, request, service, now)?;
    let state = states
        .get_mut(caller.account_id())
        .ok_or_else(|| AwsError::internal_failure("The account has no state."))?;
    match operation {
        Operation::Iam(operation) => {
            let identifier = state.issuer(config.settings.form, base_url);
            iam::perform(operation, state, identifier, revision)
        }
        Operation::Sts(sts::Operation::GetCallerIdentity) => {
            Ok(Some(sts::caller_identity(&caller)))
        }
        Operation::Sts(sts::Operation::GetWebIdentityToken) => {
            if config.settings.global_endpoint || request.host_name() == GLOBAL_STS_HOST {
                let message = "Operation not supported on STS global endpoint";
                return Err(AwsError::new(400, "InvalidAction", message));
            }
            let identifier = state.issuer(config.settings.form, base_url);
            let mint = sts::Mint {
                config,
                caller: &caller,
                issuer: &identifier,
                now,
                rsa_keys: *rsa_keys,
            };
            mint.perform(parameters, state, revision, entropy).map(Some)
        }
    }
}
