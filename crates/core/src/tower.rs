//! A [tower](https://docs.rs/tower-layer) layer: requests reach a service only with a token that is accepted.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use crate::answer::{Answer, Answers, Unauthenticated, token};
use crate::service::AsyncVerifier;
use crate::verified::Verified;

/// Who verifies, and how refusals are answered. Clones are cheap, and share the verifier's keys.
#[derive(Clone, Debug)]
pub struct Authenticator {
    verifier: AsyncVerifier,
    answers: Answers,
}

impl Authenticator {
    /// Verifies by this verifier, and tells nobody why a token was refused.
    pub fn new(verifier: AsyncVerifier) -> Self {
        Self { verifier, answers: Answers::default() }
    }

    /// Answers in another way.
    #[must_use]
    pub fn with_answers(self, answers: Answers) -> Self {
        Self { answers, ..self }
    }

    /// The verifier.
    pub fn verifier(&self) -> &AsyncVerifier {
        &self.verifier
    }

    /// How a refusal is answered.
    pub fn answer(&self, why: &Unauthenticated) -> Answer {
        self.answers.answer(why)
    }

    /// Verifies the token of a request.
    ///
    /// # Errors
    /// Why the request is not let through.
    pub async fn authenticate(
        &self,
        headers: &http::HeaderMap,
    ) -> Result<Verified, Unauthenticated> {
        Ok(self.verifier.verify(token(headers)?).await?)
    }

    /// Adds what was found out about a request's token to the request.
    pub(crate) fn note(&self, verified: Verified, extensions: &mut http::Extensions) {
        #[cfg(feature = "axum")]
        extensions.insert(VerifiedBy(self.verifier.clone()));
        extensions.insert(verified);
    }

    /// What was noted about a request's token, if it was by this verifier: another one has another policy.
    #[cfg(feature = "axum")]
    pub(crate) fn noted<'e>(&self, extensions: &'e http::Extensions) -> Option<&'e Verified> {
        let VerifiedBy(other) = extensions.get()?;
        extensions.get().filter(|_| self.verifier.is_clone_of(other))
    }
}

/// Who verified the token of a request.
#[cfg(feature = "axum")]
#[derive(Clone)]
struct VerifiedBy(AsyncVerifier);

/// Lets requests through whose token is accepted, with the [`Verified`] among their extensions, and answers the others
/// itself.
///
/// ```
/// use countersign::tower::{AuthenticationLayer, Authenticator};
/// use http::Request;
/// use tower_layer::Layer as _;
///
/// # fn example<S>(authenticator: Authenticator, service: S) {
/// let service = AuthenticationLayer::new(authenticator).layer(service);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AuthenticationLayer(Authenticator);

impl AuthenticationLayer {
    /// A layer that authenticates so.
    pub fn new(authenticator: Authenticator) -> Self {
        Self(authenticator)
    }
}

impl<S> Layer<S> for AuthenticationLayer {
    type Service = Authentication<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Authentication { authenticator: self.0.clone(), inner }
    }
}

/// What [`AuthenticationLayer`] makes of a service.
#[derive(Clone, Debug)]
pub struct Authentication<S> {
    authenticator: Authenticator,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for Authentication<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: From<String>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        // The one that is ready is called; its clone has yet to become so.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let authenticator = self.authenticator.clone();
        Box::pin(async move {
            let verified = authenticator.authenticate(request.headers()).await;
            match verified {
                Ok(verified) => {
                    authenticator.note(verified, request.extensions_mut());
                    inner.call(request).await
                }
                Err(why) => Ok(authenticator.answer(&why).into_response()),
            }
        })
    }
}
