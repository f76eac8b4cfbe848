//! Who calls: from the `Authorization` header to a configured principal.

use crate::aws::{AwsError, Service};
use crate::config::{Account, Config, Principal};
use crate::http::Request;
use crate::sigv4::Authorization;
use crate::time::Timestamp;

/// An authenticated caller.
pub(crate) struct Caller<'a> {
    pub(crate) account: &'a Account,
    pub(crate) principal: &'a Principal,
    /// From the credential scope.
    pub(crate) region: String,
    /// When the caller's session ends; `None` for long-term credentials.
    pub(crate) session_expiry: Option<Timestamp>,
}

impl Caller<'_> {
    pub(crate) fn account_id(&self) -> &str {
        self.principal.arn.account()
    }

    /// The caller's ARN as AWS names it in messages.
    pub(crate) fn arn(&self) -> String {
        self.principal.arn.caller(&self.principal.session_name)
    }

    /// Refuses a session that is over.
    pub(crate) fn check_session(&self, now: Timestamp) -> Result<(), AwsError> {
        if self.session_expiry.is_some_and(|end| end <= now) {
            let message = "The security token included in the request is expired";
            return Err(AwsError::new(403, "ExpiredToken", message));
        }
        Ok(())
    }
}

/// Finds the principal that signed `request`.
///
/// A principal with a `secret_access_key` has its signature verified; without one any signature is
/// accepted, so that any secret works. The same holds for `session_token`.
pub(crate) fn authenticate<'a>(
    config: &'a Config,
    request: &Request,
    service: Service,
    now: Timestamp,
) -> Result<Caller<'a>, AwsError> {
    let authorization = Authorization::of(request)?;
    authorization.check_service(service)?;
    let principal =
        config.principals.get(&authorization.access_key_id).ok_or_else(invalid_token)?;
    let account = config.accounts.get(principal.arn.account()).ok_or_else(invalid_token)?;
    if let Some(expected) = &principal.session_token
        && request.header("x-amz-security-token") != Some(expected.expose())
    {
        return Err(invalid_token());
    }
    if let Some(secret) = &principal.secret_access_key {
        authorization.verify(request, secret.expose(), now)?;
    }
    let session_expiry = principal.session.expiry(now);
    let caller = Caller { account, principal, region: authorization.region, session_expiry };
    caller.check_session(now)?;
    Ok(caller)
}

fn invalid_token() -> AwsError {
    let message = "The security token included in the request is invalid.";
    AwsError::new(403, "InvalidClientTokenId", message)
}
