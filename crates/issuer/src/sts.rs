//! STS: minting tokens, and saying who the caller is.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

use crate::account::{AccountState, random_uuid};
use crate::arn::PrincipalKind;
use crate::authenticate::Caller;
use crate::authorize::authorize;
use crate::aws::AwsError;
use crate::config::{Config, Federation};
use crate::key_ring::KeyRing;
use crate::keys::{Algorithm, KeyFailure, RsaKeySource, SigningKey};
use crate::query::Parameters;
use crate::time::Timestamp;
use crate::token::{self, Audience, AwsClaim, Claims, OuPath};
use crate::token_request::TokenRequest;

/// AWS's limit on the payload before it is encoded, in bytes.
const MAX_PAYLOAD_BYTES: usize = 14_984;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    GetCallerIdentity,
    GetWebIdentityToken,
}

impl Operation {
    const ALL: [Self; 2] = [Self::GetCallerIdentity, Self::GetWebIdentityToken];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GetCallerIdentity => "GetCallerIdentity",
            Self::GetWebIdentityToken => "GetWebIdentityToken",
        }
    }
}

/// `GetWebIdentityToken` for one caller.
pub(crate) struct Mint<'a> {
    pub(crate) config: &'a Config,
    pub(crate) caller: &'a Caller<'a>,
    pub(crate) issuer: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) rsa_keys: Option<RsaKeySource>,
}

/// What STS would sign.
pub(crate) struct Grant {
    pub(crate) algorithm: Algorithm,
    pub(crate) payload: Vec<u8>,
    pub(crate) expiry: Timestamp,
}

impl Mint<'_> {
    /// The answer to one request.
    pub(crate) fn perform(
        &self,
        parameters: &Parameters,
        state: &mut AccountState,
        revision: &mut u64,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<(&'static str, String)>, AwsError> {
        let Grant { algorithm, payload, expiry } = self.grant(parameters, state, entropy)?;
        let token = self
            .signing_key(algorithm, &mut state.ring, revision, entropy)
            .and_then(|key| token::sign(key, &payload))
            .map_err(no_key)?;
        Ok(vec![("WebIdentityToken", token), ("Expiration", expiry.rfc3339_millis())])
    }

    /// Validation, authorization, session escalation, disabled: in this order, as seen live. Where the
    /// payload's size is checked is not known; here it comes last.
    pub(crate) fn grant(
        &self,
        parameters: &Parameters,
        state: &AccountState,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Grant, AwsError> {
        let request = TokenRequest::parse(parameters, &self.config.settings.algorithms)?;
        authorize(self.config, self.caller, &request)?;
        let expiry = self.now.whole_second().plus_seconds(request.duration_seconds);
        if self.caller.session_expiry.is_some_and(|session| session < expiry) {
            let message = "Requested token expiry time must be before the original session's expiry \
                           time.";
            return Err(AwsError::new(403, "SessionDurationEscalationException", message));
        }
        if state.federation == Federation::Disabled {
            return Err(AwsError::new(
                403,
                "OutboundWebIdentityFederationDisabledException",
                "OutboundWebIdentityFederation is disabled.",
            ));
        }
        let payload = serde_json::to_vec(&self.claims(&request, expiry, random_uuid(entropy)))
            .map_err(|_| AwsError::internal_failure("The claims could not be written."))?;
        if payload.len() > MAX_PAYLOAD_BYTES {
            let message = "The requested token payload size exceeds the maximum allowed size.";
            return Err(AwsError::new(400, "JWTPayloadSizeExceededException", message));
        }
        Ok(Grant { algorithm: request.algorithm, payload, expiry })
    }

    /// The key that signs, made now if there is none.
    pub(crate) fn signing_key<'k>(
        &self,
        algorithm: Algorithm,
        ring: &'k mut KeyRing,
        revision: &mut u64,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<&'k SigningKey, KeyFailure> {
        let made = ring.ensure(algorithm, self.rsa_keys, entropy)?;
        *revision += u64::from(made);
        ring.signing_key(algorithm).ok_or(KeyFailure)
    }

    fn claims<'a>(
        &'a self,
        request: &'a TokenRequest,
        expiry: Timestamp,
        token_id: String,
    ) -> Claims<'a> {
        Claims {
            aud: Audience::of(&request.audience),
            exp: expiry.unix_seconds(),
            aws: (!self.caller.account.omit_aws_claim).then(|| self.aws_claim(request)),
            iat: self.now.unix_seconds(),
            iss: self.issuer,
            jti: token_id,
            sub: self.caller.principal.arn.as_str(),
        }
    }

    fn aws_claim<'a>(&'a self, request: &'a TokenRequest) -> AwsClaim<'a> {
        let Caller { account, principal, region, session_expiry, .. } = self.caller;
        let form = self.config.settings.ou_path_form;
        AwsClaim {
            aws_account: principal.arn.account(),
            context: &principal.context,
            org_id: account.organization.as_deref(),
            original_session_exp: session_expiry.map(|end| end.to_string()),
            ou_path: account.ou_path.as_deref().map(|path| OuPath::new(path, form)),
            principal_id: principal.arn.as_str(),
            principal_tags: &principal.tags,
            request_tags: request.tags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect(),
            source_identity: principal.source_identity.as_deref(),
            source_region: region,
        }
    }
}

/// No request can cause it.
pub(crate) fn no_key(_: KeyFailure) -> AwsError {
    AwsError::internal_failure("The signing key could not be made or used.")
}

/// `GetCallerIdentity`.
pub(crate) fn caller_identity(caller: &Caller<'_>) -> Vec<(&'static str, String)> {
    let account = caller.account_id().to_owned();
    vec![("Arn", caller.arn()), ("UserId", user_id(caller)), ("Account", account)]
}

/// A stable id in the form that AWS gives this kind of principal.
fn user_id(caller: &Caller<'_>) -> String {
    let principal = caller.principal;
    let unique = || -> String {
        let digest = Sha256::digest(principal.arn.as_str());
        digest.iter().take(17).map(|byte| char::from(b'A' + byte % 26)).collect()
    };
    match principal.arn.kind() {
        PrincipalKind::FederatedUser => {
            let name = principal.arn.as_str().rsplit('/').next().unwrap_or_default();
            format!("{}:{name}", principal.arn.account())
        }
        PrincipalKind::Role => format!("AROA{}:{}", unique(), principal.session_name),
        PrincipalKind::Root => principal.arn.account().to_owned(),
        PrincipalKind::User => format!("AIDA{}", unique()),
    }
}
