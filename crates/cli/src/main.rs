//! The native program: it carries out what the command line asks for, and holds nothing else.

mod fetch;
mod files;
mod interruption;
mod issuer;
mod page;
mod surroundings;

use std::env;
use std::process::ExitCode;

use countersign_command_line::{PageFault, Program, Request, Step};
use issuer::Issuer;

fn main() -> ExitCode {
    let mut program = Program::new(env::args_os(), surroundings::environment());
    let mut issuer = Issuer::default();
    loop {
        match program.step(surroundings::now()) {
            Step::Ask(request) => carry_out(request, &mut issuer),
            Step::Exit(code) => return code.into(),
        }
    }
}

fn carry_out(request: Request, issuer: &mut Issuer) {
    match request {
        Request::ReadFile { path, limit, reply } => reply.give(files::read(&path, limit)),
        Request::ReadStandardInput { limit, reply } => {
            reply.give(files::read_standard_input(limit));
        }
        Request::Write { stream, text, reply } => reply.give(files::write(stream, &text)),
        Request::Fetch { exchange, reply } => reply.give(fetch::fetch(&exchange)),
        Request::Listen { address, reply } => reply.give(issuer.listen(address)),
        Request::OpenIssuer { issuer: wanted, reply } => reply.give(issuer.open(wanted)),
        Request::ServeIssuer { reply } => reply.give(issuer.serve()),
        Request::ServePage { page, reply } => {
            reply.give(page::serve(page).map_err(PageFault::Failed));
        }
        // Left without a reply, which ends the program: there are no others.
        _ => {}
    }
}
