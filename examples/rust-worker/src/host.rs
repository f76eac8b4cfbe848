//! A Worker's clock, timers and network, for the verifier.

use std::time::Duration;

use countersign::service::{Host, Work};
use countersign::{Fetch, FetchFailure, FetchOutcome, FreshnessHeaders};
use futures_util::StreamExt as _;
use worker::send::SendFuture;
use worker::{Date, Delay, Headers, Method, Request, RequestInit, RequestRedirect, Response};

/// A Worker. It has one thread, and requests that do not wait for each other's work.
pub struct WorkerHost;

impl Host for WorkerHost {
    fn now(&self) -> u64 {
        Date::now().as_millis() / 1000
    }

    /// The clock of a Worker stands still while it computes.
    fn uptime(&self) -> Duration {
        Duration::from_millis(Date::now().as_millis())
    }

    fn fetch<'a>(&'a self, request: &'a Fetch) -> Work<'a, FetchOutcome> {
        Box::pin(SendFuture::new(async move {
            get(request).await.unwrap_or_else(|error| FetchOutcome::Failed {
                reason: FetchFailure::Network,
                detail: error.to_string(),
            })
        }))
    }

    fn sleep(&self, duration: Duration) -> Work<'static, ()> {
        Box::pin(SendFuture::new(Delay::from(duration)))
    }

    /// A request that waits for keys which another one fetches looks for them itself.
    fn looks_every(&self) -> Option<Duration> {
        Some(Duration::from_millis(10))
    }
}

async fn get(request: &Fetch) -> worker::Result<FetchOutcome> {
    let headers = Headers::new();
    headers.set("accept", "application/json")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers).with_redirect(RequestRedirect::Manual);
    let asked = Request::new_with_init(&request.url, &init)?;
    let mut response = worker::Fetch::Request(asked).send().await?;
    let freshness = freshness(response.headers())?;
    let status = response.status_code();
    Ok(match body(&mut response, request.max_bytes).await? {
        Some(body) => FetchOutcome::Response { status, freshness, body },
        None => FetchOutcome::Failed { reason: FetchFailure::TooLarge, detail: String::new() },
    })
}

/// The body, unless it is longer than this: reading ends there.
async fn body(response: &mut Response, max_bytes: usize) -> worker::Result<Option<Vec<u8>>> {
    if matches!(response.body(), worker::ResponseBody::Empty) {
        return Ok(Some(Vec::new()));
    }
    let mut stream = response.stream()?;
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if body.len() + chunk.len() > max_bytes {
            return Ok(None);
        }
        body.extend(chunk);
    }
    Ok(Some(body))
}

fn freshness(headers: &Headers) -> worker::Result<FreshnessHeaders> {
    Ok(FreshnessHeaders {
        age: headers.get("age")?,
        cache_control: headers.get("cache-control")?,
        date: headers.get("date")?,
        expires: headers.get("expires")?,
    })
}
