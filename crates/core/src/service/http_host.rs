//! A host on Tokio that fetches by reqwest.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Response, Url};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::runtime::Handle;

use super::host::{Host, Work};
use crate::keys::{Fetch, FetchFailure, FetchOutcome, FreshnessHeaders, is_loopback};

/// A Tokio runtime, the system's clock, and a client of reqwest's. Calls must be made in a runtime with timers
/// (`enable_all`).
#[derive(Clone)]
pub struct HttpHost {
    /// For https: through the proxy that the environment names.
    remote: Client,
    /// For http to this very host: through no proxy.
    loopback: Client,
    clock: Arc<dyn Fn() -> u64 + Send + Sync>,
    started: Instant,
}

/// A client for https cannot be made.
#[derive(Debug)]
pub struct HttpHostFault(Box<dyn Error + Send + Sync>);

impl HttpHost {
    /// A host with a client of its own: TLS by rustls on ring, checked as the system checks it; no redirects.
    ///
    /// # Errors
    /// The system's roots cannot be read.
    pub fn new() -> Result<Self, HttpHostFault> {
        let remote = builder().tls_backend_preconfigured(tls()?).https_only(true);
        Self::with_client(remote.build().map_err(HttpHostFault::of)?)
    }

    /// A host that fetches by this client over https: one with another proxy or other roots, for example. It
    /// should follow no redirects ([`Policy::none`]): an answer that was redirected is refused, but then whatever
    /// it was redirected to has been asked already. Issuers on loopback are asked without it.
    ///
    /// # Errors
    /// The client for loopback cannot be made.
    pub fn with_client(client: Client) -> Result<Self, HttpHostFault> {
        let loopback = builder().no_proxy().tls_backend_preconfigured(no_tls()?);
        let loopback = loopback.build().map_err(HttpHostFault::of)?;
        Ok(Self {
            remote: client,
            loopback,
            clock: Arc::new(system_seconds),
            started: Instant::now(),
        })
    }

    /// Reads the time from this clock, in seconds since the epoch, in place of the system's.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    async fn exchange(&self, request: &Fetch) -> FetchOutcome {
        if Handle::try_current().is_err() {
            return failed(FetchFailure::Network, "this call is not made in a Tokio runtime");
        }
        let url = Url::parse(&request.url).ok();
        let Some((url, client)) = url.and_then(|url| Some((url.clone(), self.client(&url)?)))
        else {
            return failed(FetchFailure::Insecure, "only https is fetched, and http from loopback");
        };
        match client.get(url.clone()).header(ACCEPT, "application/json").send().await {
            Ok(response) if *response.url() != url => {
                failed(FetchFailure::Redirect, "the client followed a redirect")
            }
            Ok(response) => receive(response, request.max_bytes).await,
            Err(error) => FetchOutcome::failed(reason(&error), &error.without_url()),
        }
    }

    fn client(&self, url: &Url) -> Option<&Client> {
        match url.scheme() {
            "https" => Some(&self.remote),
            "http" if url.host_str().is_some_and(is_this_host) => Some(&self.loopback),
            _ => None,
        }
    }
}

impl Host for HttpHost {
    fn now(&self) -> u64 {
        (self.clock)()
    }

    fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    fn fetch<'a>(&'a self, request: &'a Fetch) -> Work<'a, FetchOutcome> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> Work<'static, ()> {
        Box::pin(async move {
            if Handle::try_current().is_ok() {
                tokio::time::sleep(duration).await;
            }
        })
    }

    fn spawn(&self, work: Work<'static, ()>) -> Result<(), Work<'static, ()>> {
        let Ok(runtime) = Handle::try_current() else { return Err(work) };
        runtime.spawn(work);
        Ok(())
    }
}

fn builder() -> ClientBuilder {
    Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")))
}

/// With a provider of its own: no default of the process is asked for, or set.
fn tls() -> Result<ClientConfig, HttpHostFault> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier);
    Ok(builder.map_err(HttpHostFault::of)?.with_no_client_auth())
}

/// The client for loopback speaks no TLS, so it trusts no root.
fn no_tls() -> Result<ClientConfig, HttpHostFault> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions();
    let roots = rustls::RootCertStore::empty();
    Ok(builder.map_err(HttpHostFault::of)?.with_root_certificates(roots).with_no_client_auth())
}

/// A clock before the epoch counts as the epoch: every token is of the future then.
fn system_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn is_this_host(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    is_loopback(address.unwrap_or(host))
}

async fn receive(mut response: Response, max_bytes: usize) -> FetchOutcome {
    let status = response.status().as_u16();
    let freshness = FreshnessHeaders::from(response.headers());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > max_bytes => {
                return failed(FetchFailure::TooLarge, &format!("more than {max_bytes} bytes"));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return FetchOutcome::Response { status, freshness, body },
            Err(error) => return FetchOutcome::failed(reason(&error), &error.without_url()),
        }
    }
}

fn reason(error: &reqwest::Error) -> FetchFailure {
    if error.is_timeout() {
        FetchFailure::Timeout
    } else if error.is_redirect() {
        FetchFailure::Redirect
    } else {
        FetchFailure::Network
    }
}

fn failed(reason: FetchFailure, detail: &str) -> FetchOutcome {
    FetchOutcome::Failed { reason, detail: detail.to_owned() }
}

impl HttpHostFault {
    fn of(cause: impl Error + Send + Sync + 'static) -> Self {
        Self(Box::new(cause))
    }
}

impl fmt::Debug for HttpHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpHost").finish_non_exhaustive()
    }
}

impl fmt::Display for HttpHostFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A client for https cannot be made: {}.", self.0)
    }
}

impl Error for HttpHostFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}
