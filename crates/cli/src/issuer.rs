//! The local issuer's socket, its state folder, and serving it until the program is asked to end.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use countersign_command_line::{IssuerToServe, OpenFault, OsFault};
use countersign_issuer::{Server, serve};
use tokio::runtime::{Builder, Runtime};

use crate::interruption::Interruptions;

/// As much of an issuer as was asked for so far.
#[derive(Default)]
pub(crate) struct Issuer {
    socket: Option<Socket>,
    server: Option<Server>,
}

struct Socket {
    runtime: Runtime,
    listener: TcpListener,
    first: Interruptions,
    second: Interruptions,
}

impl Issuer {
    pub(crate) fn listen(&mut self, address: SocketAddr) -> Result<SocketAddr, OsFault> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        let (first, second) = {
            let _context = runtime.enter();
            (Interruptions::listen()?, Interruptions::listen()?)
        };
        self.socket = Some(Socket { runtime, listener, first, second });
        Ok(address)
    }

    pub(crate) fn open(
        &mut self,
        issuer: IssuerToServe,
    ) -> Result<Vec<(String, String)>, OpenFault> {
        let IssuerToServe { config, url, state, .. } = issuer;
        let server = Server::open(config, &url, state.as_deref())
            .map_err(|error| OpenFault::State(error.into()))?;
        let issuers = server.issuers();
        self.server = Some(server);
        Ok(issuers)
    }

    pub(crate) fn serve(&mut self) -> Result<(), OsFault> {
        let (Some(socket), Some(server)) = (self.socket.take(), self.server.take()) else {
            return Err(io::Error::from(io::ErrorKind::NotConnected).into());
        };
        let Socket { runtime, listener, mut first, mut second } = socket;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let finish = async move { first.next().await };
            let abandon = async {
                second.next().await;
                second.next().await;
            };
            // The first request lets the answers at hand be finished; the second does not wait for them.
            tokio::select! {
                served = serve(listener, Arc::new(server), finish) => served,
                () = abandon => Ok(()),
            }
        });
        served.map_err(OsFault::from)
    }
}
