//! The command line of Countersign, without IO: what `countersign` does with its arguments, and what it says.
//!
//! A [`Program`] is driven by its host. Each step ends it, or asks the host for one thing: a file, standard
//! input, a document of an issuer, to write a text, to serve. So the native program and the one in the npm
//! package (on WebAssembly) are the same, and hold nothing but IO themselves. Verification is the core's.
//!
//! ```
//! use countersign_command_line::{Environment, Program, Request, Step};
//!
//! let mut program = Program::new(["countersign", "--version"], Environment::default());
//! let Step::Ask(Request::Write { text, reply, .. }) = program.step(0) else { panic!() };
//! assert!(text.starts_with("countersign "));
//! reply.give(Ok(()));
//! assert!(matches!(program.step(0), Step::Exit(0)));
//! ```

mod args;
mod clock;
mod codes;
mod environment;
mod exchange;
mod exit;
mod host;
mod input;
mod inspect;
mod issuer;
mod loopback;
mod manual;
mod os_fault;
mod output;
mod page;
mod policy;
mod program;
mod proxy;
mod redact;
mod style;
mod verify;

pub use environment::{Environment, Terminals, VARIABLES};
pub use exchange::Exchange;
pub use exit::{Exit, Failure};
pub use host::{
    IssuerToServe, OpenFault, Page, PageFault, ReadFault, Reply, Request, StateFault, Stream,
};
pub use loopback::is_loopback;
pub use os_fault::OsFault;
pub use program::{Program, Step};
pub use proxy::Proxy;
