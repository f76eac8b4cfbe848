//! Serves the built-in configuration, or the file named first, at the address named second.
//!
//! `cargo run -p countersign-issuer --example serve -- [config.toml] [127.0.0.1:8080] [state folder]`

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use countersign_issuer::{Bind, Config, Exposure, Server, base_url, serve};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let config = match arguments.next() {
        Some(file) => Config::parse(&std::fs::read_to_string(file)?)?,
        None => Config::built_in()?,
    };
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let folder = arguments.next();
    let bind = Bind::parse(&address, Exposure::LoopbackOnly)?;
    let listener = TcpListener::bind(bind.address()).await?;
    let url = base_url(listener.local_addr()?);
    let server = Arc::new(Server::open(config, &url, folder.as_deref().map(Path::new))?);
    println!("{url}");
    let interrupted = async {
        // Without a signal handler there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    Ok(serve(listener, server, interrupted).await?)
}
