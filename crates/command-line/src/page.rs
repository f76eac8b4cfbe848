//! `countersign page` and `countersign inspect --web`: the inspector, which the host serves if it has it.

use crate::args::PageArguments;
use crate::exit::{Exit, Failure};
use crate::host::{Host, Page, PageFault, Request};
use crate::input;
use crate::output::Output;

/// Serves the page as the command line says.
pub(crate) async fn run(arguments: PageArguments, host: &Host) -> Result<Output, Failure> {
    let PageArguments { listen, dir: folder, issuer, token, open } = arguments;
    let token = match token {
        Some(token) => Some(input::token(host, Some(token)).await?),
        None => None,
    };
    serve(host, Page { listen, folder, issuer, token, open, offline: true }).await
}

/// Opens the page that is inside the program, with this token.
pub(crate) async fn inspect(host: &Host, token: String) -> Result<Output, Failure> {
    let listen = "127.0.0.1:0".to_owned();
    // Each time on another port, and so a new site to the browser: it would keep one page for each of them.
    let offline = false;
    let page = Page { listen, folder: None, issuer: None, token: Some(token), open: true, offline };
    serve(host, page).await
}

async fn serve(host: &Host, page: Page) -> Result<Output, Failure> {
    match host.ask(|reply| Request::ServePage { page, reply }).await {
        Ok(()) => Ok(Output::new(Exit::Accepted, "stopped\n")),
        Err(PageFault::Failed(failure)) => Err(failure),
        Err(PageFault::NotHere) => Err(Failure::new(
            Exit::Usage,
            "The inspector is not in the npm package: `countersign page` and `countersign inspect --web` need the \
             native program.",
            "Install that with `cargo install --locked --path crates/cli` in a clone of Countersign's repository.",
        )),
    }
}
