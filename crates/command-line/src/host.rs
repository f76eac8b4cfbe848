//! What a command asks of its host, one thing at a time, each with the place for its reply.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::task::Poll;

use countersign::FetchOutcome;
use countersign_issuer::{Config, StateError};

use crate::environment::Environment;
use crate::exchange::Exchange;
use crate::exit::Failure;
use crate::os_fault::OsFault;

/// One thing that the host is to do. Each has its reply, which is given when it is done.
#[derive(Debug)]
#[non_exhaustive]
pub enum Request {
    /// Read a file, and stop after so many bytes.
    ReadFile {
        /// The file, as the command line names it.
        path: PathBuf,
        /// How many bytes to read at most.
        limit: u64,
        /// The bytes.
        reply: Reply<Result<Vec<u8>, ReadFault>>,
    },
    /// Read standard input to its end, and stop after so many bytes.
    ReadStandardInput {
        /// How many bytes to read at most.
        limit: u64,
        /// The bytes.
        reply: Reply<Result<Vec<u8>, OsFault>>,
    },
    /// Write a text to a standard stream, at once.
    Write {
        /// Where to.
        stream: Stream,
        /// What.
        text: String,
        /// Whether it was written.
        reply: Reply<Result<(), OsFault>>,
    },
    /// Fetch a document of an issuer.
    Fetch {
        /// How, and within which limits.
        exchange: Exchange,
        /// What came of it.
        reply: Reply<FetchOutcome>,
    },
    /// Listen for connections on this address. From here on, being asked to end (Ctrl-C, SIGTERM) is noted for
    /// [`Request::ServeIssuer`] and does not end the program by itself.
    Listen {
        /// The address; port 0 is any free one.
        address: SocketAddr,
        /// The address that is listened on.
        reply: Reply<Result<SocketAddr, OsFault>>,
    },
    /// Make the issuer that will be served there, from its state folder if it has one.
    OpenIssuer {
        /// The issuer.
        issuer: IssuerToServe,
        /// The accounts, each with its issuer.
        reply: Reply<Result<Vec<(String, String)>, OpenFault>>,
    },
    /// Serve the issuer until the program is asked to end: then finish the answers at hand, or abandon them when
    /// it is asked again.
    ServeIssuer {
        /// How it ended.
        reply: Reply<Result<(), OsFault>>,
    },
    /// Serve the inspector until the program is asked to end.
    ServePage {
        /// What is served, and where.
        page: Page,
        /// How it ended.
        reply: Reply<Result<(), PageFault>>,
    },
}

/// The place for an answer.
pub struct Reply<T>(Rc<RefCell<Option<T>>>);

/// A standard stream to write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum Stream {
    Stdout,
    Stderr,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// It could not be opened.
    Open(OsFault),
    /// It was opened, and then could not be read.
    Read(OsFault),
}

/// A local issuer.
#[derive(Clone)]
pub struct IssuerToServe {
    /// Its configuration as text, in TOML.
    pub text: String,
    /// The same, checked.
    pub config: Config,
    /// The URL at which it is reached.
    pub url: String,
    /// The folder that keeps its state, if it is kept.
    pub state: Option<PathBuf>,
}

/// Saved state of an issuer that cannot be read or written, as [`StateError`] tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFault {
    /// A stable code, such as `state.corrupt`.
    pub code: String,
    /// What is wrong, in one sentence.
    pub fault: String,
    /// What to do, in another.
    pub remedy: String,
}

impl StateFault {
    /// State that is there and cannot be read.
    pub fn unreadable(reason: &OsFault) -> Self {
        StateError::unreadable(reason).into()
    }

    /// State that cannot be saved.
    pub fn unsaved(reason: &OsFault) -> Self {
        StateError::unsaved(reason).into()
    }
}

/// As [`StateError`] has it.
impl fmt::Display for StateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} [{}]", self.fault, self.remedy, self.code)
    }
}

impl From<StateError> for StateFault {
    fn from(StateError { code, fault, remedy }: StateError) -> Self {
        Self { code: code.to_owned(), fault, remedy: remedy.to_owned() }
    }
}

/// Why a local issuer could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFault {
    /// Its saved state.
    State(StateFault),
    /// The server.
    Server(OsFault),
}

/// The inspector, as the command line wants it served.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// The address to listen on, as it was given.
    pub listen: String,
    /// The folder of a built page, in place of the program's own.
    pub folder: Option<PathBuf>,
    /// A running local issuer, as it was given.
    pub issuer: Option<String>,
    /// A token to show.
    pub token: Option<String>,
    /// Whether to open the browser.
    pub open: bool,
    /// Whether the browser may keep the page for when this server has ended.
    pub offline: bool,
}

/// Why the inspector could not be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageFault {
    /// This host has no inspector.
    NotHere,
    /// It has one, and this went wrong.
    Failed(Failure),
}

/// The host as commands see it.
#[derive(Clone)]
pub(crate) struct Host(Rc<Shared>);

struct Shared {
    environment: Environment,
    /// Seconds since the epoch, as of the last step.
    now: Cell<u64>,
    request: RefCell<Option<Request>>,
}

impl Host {
    pub(crate) fn new(environment: Environment) -> Self {
        let shared = Shared { environment, now: Cell::new(0), request: RefCell::new(None) };
        Self(Rc::new(shared))
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// Seconds since the epoch.
    pub(crate) fn now(&self) -> u64 {
        self.0.now.get()
    }

    pub(crate) fn set_now(&self, now: u64) {
        self.0.now.set(now);
    }

    pub(crate) fn take_request(&self) -> Option<Request> {
        self.0.request.take()
    }

    /// Asks for one thing, and waits for its reply.
    pub(crate) async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> T {
        let place = Rc::new(RefCell::new(None));
        self.0.request.replace(Some(request(Reply(Rc::clone(&place)))));
        poll_fn(|_| place.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

impl<T> Reply<T> {
    /// Gives the answer.
    pub fn give(self, answer: T) {
        self.0.replace(Some(answer));
    }
}

/// Without the text, which may hold secrets of principals.
impl fmt::Debug for IssuerToServe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text: _, config, url, state } = self;
        f.debug_struct("IssuerToServe")
            .field("config", config)
            .field("url", url)
            .field("state", state)
            .finish_non_exhaustive()
    }
}

/// Without the token.
impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { listen, folder, issuer, token: _, open, offline } = self;
        f.debug_struct("Page")
            .field("listen", listen)
            .field("folder", folder)
            .field("issuer", issuer)
            .field("open", open)
            .field("offline", offline)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reply")
    }
}

#[cfg(test)]
mod tests {
    use countersign_issuer::Config;

    use super::{IssuerToServe, Page};

    #[test]
    fn secrets_are_in_no_debug_output() {
        let text = "[[accounts]]\nid = \"111122223333\"\n[[principals]]\n\
                    access_key_id = \"AKIAEXAMPLEUSER00001\"\nsecret_access_key = \"hush\"\n\
                    arn = \"arn:aws:iam::111122223333:user/a\"\n";
        let issuer = IssuerToServe {
            text: text.to_owned(),
            config: Config::parse(text).unwrap(),
            url: "http://127.0.0.1:1".to_owned(),
            state: None,
        };
        let page = Page {
            listen: "127.0.0.1:0".to_owned(),
            folder: None,
            issuer: None,
            token: Some("hush".to_owned()),
            open: true,
            offline: false,
        };
        for shown in [format!("{issuer:?}"), format!("{page:?}")] {
            assert!(shown.contains("127.0.0.1") && !shown.contains("hush"), "{shown}");
        }
    }
}
