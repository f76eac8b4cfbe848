//! `countersign page` and `countersign inspect --web`: the inspector, served on loopback.

mod address;
mod files;
mod handover;
mod mint;
mod shell;
mod site;

use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use countersign_command_line::{Exit, Failure, OsFault, Page, Stream, is_loopback};
use countersign_issuer::{Bind, Exposure, base_url};

use crate::files::write;
use crate::interruption::Interruptions;
use files::Files;
use handover::Handover;
use site::{Reply, Site};

/// Tags at their longest stay below this.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Serves the page as the command line wants it, until the program is asked to end.
pub(crate) fn serve(page: Page) -> Result<(), Failure> {
    let Page { listen: address, folder, issuer, token, open, offline } = page;
    let issuer = issuer.as_deref().map(loopback_url).transpose()?;
    let files = folder.map_or(Files::Embedded, Files::Folder);
    if !files.has_page() {
        return Err(no_page(&files));
    }
    let listener = listen(&address)?;
    let url = base_url(listener.local_addr().map_err(failed)?);
    let place = address::with_token(token.as_deref());
    let address = format!("{url}{place}");
    let handover =
        if open && token.is_some() { Some(Handover::to(place).map_err(failed)?) } else { None };
    let opened = handover.as_ref().map_or(address.clone(), |one| format!("{url}{}", one.path()));
    let greeting = format!(
        "listening on {url}/\n\nThe inspector is at\n  {address}\nNothing that is pasted there leaves \
         the page. Ctrl-C ends it.\n"
    );
    let site = Arc::new(Site { files, issuer, offline, handover });
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let served = runtime.block_on(async {
        // Listened for before the first line is printed, so that whoever reads it can end the server.
        let mut interruptions = Interruptions::listen().map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        say(&greeting)?;
        if open && let Err(fault) = address::open_in_browser(&opened) {
            say(&format!("No browser could be opened ({fault}): open it yourself.\n"))?;
        }
        let service = Router::new()
            .fallback(handle)
            .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
            .with_state(site);
        // Browsers keep connections open: they are not waited for.
        tokio::select! {
            served = async { axum::serve(listener, service).await } => served.map_err(failed),
            () = interruptions.next() => Ok(()),
        }
    });
    // Nor is an issuer that does not answer.
    runtime.shutdown_background();
    served
}

/// Writes to standard output. Whoever reads it may have gone away.
fn say(text: &str) -> Result<(), Failure> {
    match write(Stream::Stdout, text) {
        Err(fault) if !fault.is_broken_pipe() => Err(stdout(&fault)),
        _ => Ok(()),
    }
}

async fn handle(
    State(site): State<Arc<Site>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let answered = tokio::task::spawn_blocking(move || {
        site.respond(&method, uri.path(), &headers, body.ok().as_deref())
    });
    let reply = answered
        .await
        .unwrap_or_else(|_| Reply::json(mint::refusal(500, "page.failed", "The request failed.")));
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap_or_else(|_| {
        let mut failure = Response::new(Body::empty());
        *failure.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failure
    })
}

fn listen(address: &str) -> Result<TcpListener, Failure> {
    let bind = Bind::parse(address, Exposure::LoopbackOnly).map_err(|error| {
        let remedy = match error.code {
            "bind.not_loopback" => {
                "Listen on 127.0.0.1; for others, put the page on a web server (see README)."
            }
            _ => error.remedy,
        };
        let fault = match error.code {
            "bind.not_loopback" => format!("{address} is not a loopback address."),
            _ => error.fault,
        };
        Failure::new(Exit::Usage, fault, remedy)
    })?;
    let unavailable = |error: std::io::Error| {
        let fault = format!("{address} cannot be listened on: {error}.");
        Failure::new(Exit::Io, fault, "Choose another port with --listen; port 0 takes a free one.")
    };
    let listener = TcpListener::bind(bind.address()).map_err(unavailable)?;
    listener.set_nonblocking(true).map_err(unavailable)?;
    Ok(listener)
}

/// A local issuer's URL, without a slash at the end.
fn loopback_url(text: &str) -> Result<String, Failure> {
    let origin = text.trim_end_matches('/');
    let is_local = text.parse::<Uri>().is_ok_and(|uri| {
        let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
        let host = uri.host().unwrap_or_default();
        // Scheme, host and port, and nothing besides.
        is_loopback(host) && origin == format!("http://{host}{port}")
    });
    if is_local {
        return Ok(origin.to_owned());
    }
    let fault = format!("{text} is not the URL of a local issuer.");
    Err(Failure::new(
        Exit::Usage,
        fault,
        "Give what `countersign issuer` prints, such as http://127.0.0.1:8460.",
    ))
}

fn no_page(files: &Files) -> Failure {
    match files {
        Files::Embedded => Failure::new(
            Exit::Io,
            "This binary was built without the page.",
            "Build the page with `cargo xtask build`, then build the binary again.",
        ),
        Files::Folder(folder) => Failure::new(
            Exit::Io,
            format!("{} has no page.", folder.display()),
            "Name the folder that `cargo xtask build` writes, web/dist.",
        ),
    }
}

fn stdout(fault: &OsFault) -> Failure {
    let fault = format!("Standard output cannot be written: {fault}.");
    Failure::new(Exit::Io, fault, "Check where the output goes.")
}

#[expect(clippy::needless_pass_by_value, reason = "it is what errors are mapped with")]
fn failed(error: std::io::Error) -> Failure {
    Failure::new(Exit::Io, format!("The page's server failed: {error}."), "Start it again.")
}

#[cfg(test)]
mod tests {
    use super::{Files, loopback_url, no_page};

    #[test]
    fn a_binary_without_the_page_says_how_to_get_one() {
        let failure = no_page(&Files::Embedded);
        assert_eq!(failure.fault, "This binary was built without the page.");
        assert!(failure.remedy.contains("`cargo xtask build`"), "{}", failure.remedy);
    }

    #[test]
    fn an_issuer_is_named_by_its_origin() {
        for (text, origin) in [
            ("http://127.0.0.1:8460", "http://127.0.0.1:8460"),
            ("http://localhost:8460/", "http://localhost:8460"),
            ("http://[::1]:8460", "http://[::1]:8460"),
            ("http://127.0.0.1", "http://127.0.0.1"),
        ] {
            assert_eq!(loopback_url(text).as_deref(), Ok(origin));
        }
        for text in [
            "",
            "127.0.0.1:8460",
            "https://127.0.0.1:8460",
            "http://10.0.0.1:8460",
            "http://127.0.0.1:8460/issuer",
            "http://127.0.0.1:8460/#fragment",
            "http://127.0.0.1:8460?query",
            "http://user:password@127.0.0.1:8460",
            "http://127.0.0.1:8460@evil.example",
        ] {
            assert!(loopback_url(text).is_err(), "{text}");
        }
    }
}
