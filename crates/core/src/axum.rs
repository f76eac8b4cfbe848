//! An [axum](https://docs.rs/axum) extractor.
//!
//! ```
//! use axum::Router;
//! use axum::extract::FromRef;
//! use axum::routing::get;
//! use countersign::axum::Authenticated;
//! use countersign::tower::Authenticator;
//!
//! #[derive(Clone, FromRef)]
//! struct Service {
//!     authenticator: Authenticator,
//! }
//!
//! async fn whoami(Authenticated(caller): Authenticated) -> String {
//!     caller.principal().arn.clone()
//! }
//!
//! # fn example(authenticator: Authenticator) -> Router {
//! Router::new().route("/whoami", get(whoami)).with_state(Service { authenticator })
//! # }
//! ```

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use crate::answer::{Answer, Unauthenticated};
use crate::tower::Authenticator;
use crate::verified::Verified;

/// The caller, whose token is accepted. A request without such a token is answered before its handler runs.
///
/// The state has an [`Authenticator`]. Where an [`AuthenticationLayer`] or another extractor has verified the token
/// already, by the same verifier or a clone of it, it is not verified again.
///
/// `Option<Authenticated>` is `None` for a request without a token; one whose token is refused is answered all the
/// same.
///
/// [`AuthenticationLayer`]: crate::tower::AuthenticationLayer
#[derive(Clone, Debug)]
pub struct Authenticated(pub Verified);

/// Why a handler did not run, as the answer to the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticationRejection {
    /// Why.
    pub why: Unauthenticated,
    /// What is answered.
    pub answer: Answer,
}

impl<S> FromRequestParts<S> for Authenticated
where
    Authenticator: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = AuthenticationRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        authenticate(parts, state).await
    }
}

impl<S> OptionalFromRequestParts<S> for Authenticated
where
    Authenticator: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = AuthenticationRejection;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &S,
    ) -> Result<Option<Self>, Self::Rejection> {
        match authenticate(parts, state).await {
            Ok(caller) => Ok(Some(caller)),
            Err(AuthenticationRejection { why: Unauthenticated::Missing, .. }) => Ok(None),
            Err(rejection) => Err(rejection),
        }
    }
}

async fn authenticate<S>(
    parts: &mut Parts,
    state: &S,
) -> Result<Authenticated, AuthenticationRejection>
where
    Authenticator: FromRef<S>,
{
    let authenticator = Authenticator::from_ref(state);
    if let Some(verified) = authenticator.noted(&parts.extensions) {
        return Ok(Authenticated(verified.clone()));
    }
    match authenticator.authenticate(&parts.headers).await {
        Ok(verified) => {
            authenticator.note(verified.clone(), &mut parts.extensions);
            Ok(Authenticated(verified))
        }
        Err(why) => {
            let answer = authenticator.answer(&why);
            Err(AuthenticationRejection { why, answer })
        }
    }
}

impl IntoResponse for AuthenticationRejection {
    fn into_response(self) -> Response {
        self.answer.into_response::<Body>()
    }
}
