//! An axum service that takes AWS's tokens: `GET /whoami` answers who called, `GET /health` answers anyone.

mod policy;

use std::env;
use std::error::Error;

use axum::routing::get;
use axum::{Json, Router};
use countersign::axum::Authenticated;
use countersign::service::{AsyncVerifier, Event, HttpHost};
use countersign::tower::Authenticator;
use countersign::{KeyStoreSettings, Verifier};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[derive(Serialize)]
struct Whoami {
    principal: String,
    account: String,
    rule: String,
}

/// Runs for requests with a good token only.
async fn whoami(Authenticated(caller): Authenticated) -> Json<Whoami> {
    let principal = caller.principal();
    Json(Whoami {
        principal: principal.arn.clone(),
        account: principal.account.clone(),
        rule: caller.rule().to_owned(),
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let verifier = Verifier::new(policy::from_environment()?, KeyStoreSettings::default())?;
    // Callers are not told why a token is refused, the log is.
    let verifier = AsyncVerifier::builder(verifier, HttpHost::new()?).listener(log).build();
    let service = Router::new()
        .route("/health", get(|| async { "ok\n" }))
        .route("/whoami", get(whoami))
        .with_state(Authenticator::new(verifier));

    let host = env::var("HOST").unwrap_or_else(|_| "127.0.0.1".to_owned());
    let port = env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
    let listener = TcpListener::bind(format!("{host}:{port}")).await?;
    let mut termination = signal(SignalKind::terminate())?;
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            termination.recv().await;
        })
        .await?;
    Ok(())
}

fn log(event: &Event<'_>) {
    if let Event::Refused { code, check, .. } = event {
        eprintln!("refused: {} ({check:?})", code.as_str());
    }
}
