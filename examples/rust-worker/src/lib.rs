//! A Cloudflare Worker that lets AWS workloads in: `GET /whoami` answers who called, `GET /health` answers anyone.

mod host;
mod policy;

use std::sync::OnceLock;

use countersign::Verified;
use countersign::answer::{Answer, Answers, Unauthenticated, bearer};
use countersign::service::AsyncVerifier;
use countersign::{KeyStoreSettings, Verifier};
use serde::Serialize;
use worker::{Context, Env, Headers, Request, Response, Result, event};

use host::WorkerHost;

/// One for all requests that come to this isolate: it keeps the keys.
static VERIFIER: OnceLock<AsyncVerifier> = OnceLock::new();

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    match request.path().as_str() {
        "/health" => Response::ok("ok\n"),
        "/whoami" => match authenticate(&request, &env, context).await? {
            Ok(caller) => Response::from_json(&Whoami::of(&caller)),
            Err(why) => refused(Answers::default().answer(&why)),
        },
        _ => Response::error("Not found\n", 404),
    }
}

#[derive(Serialize)]
struct Whoami<'a> {
    principal: &'a str,
    account: &'a str,
    rule: &'a str,
}

impl<'a> Whoami<'a> {
    fn of(caller: &'a Verified) -> Self {
        let principal = caller.principal();
        Self { principal: &principal.arn, account: &principal.account, rule: caller.rule() }
    }
}

async fn authenticate(
    request: &Request,
    env: &Env,
    context: Context,
) -> Result<std::result::Result<Verified, Unauthenticated>> {
    // Workers join the values of a header that comes several times.
    let authorization = request.headers().get("authorization")?;
    let token = match bearer(authorization.iter().map(|value| value.as_bytes())) {
        Ok(token) => token,
        Err(why) => return Ok(Err(why)),
    };
    // Keys that are renewed ahead of time are fetched after the answer.
    let verifier = verifier(env)?.with_background(move |work| context.wait_until(work));
    Ok(verifier.verify(token).await.map_err(Into::into))
}

fn verifier(env: &Env) -> Result<&'static AsyncVerifier> {
    if let Some(verifier) = VERIFIER.get() {
        return Ok(verifier);
    }
    let verifier = Verifier::new(policy::of(env)?, KeyStoreSettings::default())
        .map_err(|fault| worker::Error::RustError(fault.to_string()))?;
    Ok(VERIFIER.get_or_init(|| AsyncVerifier::new(verifier, WorkerHost)))
}

fn refused(answer: Answer) -> Result<Response> {
    let headers = Headers::new();
    for (name, value) in &answer.headers() {
        headers.set(name.as_str(), value.to_str().unwrap_or_default())?;
    }
    let response = Response::from_bytes(answer.problem.into_bytes())?;
    Ok(response.with_status(answer.status.as_u16()).with_headers(headers))
}
