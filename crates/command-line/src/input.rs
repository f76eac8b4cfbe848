//! Reading tokens and files, each up to a limit.

use std::path::Path;

use crate::exit::{Exit, Failure};
use crate::host::{Host, ReadFault, Request};
use crate::os_fault::OsFault;

/// More than any token, policy, key set or configuration has.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// One byte more than allowed tells what is too large from what just fits.
const LIMIT: u64 = MAX_BYTES + 1;

/// The token that was given as an argument, or stands in the file that was (`@FILE`), or else in standard
/// input.
///
/// White space around it, such as the line break that `echo` adds, is taken off.
pub(crate) async fn token(host: &Host, argument: Option<String>) -> Result<String, Failure> {
    let text = match argument {
        Some(text) if text.starts_with('@') => {
            lossy(&file(host, Path::new(text.trim_start_matches('@'))).await?)
        }
        Some(text) if text != "-" => text,
        None if host.environment().terminals.stdin => {
            return Err(Failure::new(
                Exit::Usage,
                "No token was given.",
                "Pipe it in, or name its file with @FILE: that keeps it out of the shell's history.",
            ));
        }
        _ => lossy(&standard_input(host).await?),
    };
    Ok(text.trim().to_owned())
}

/// What is no UTF-8 is no token either, and is refused as such.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A file's bytes.
pub(crate) async fn file(host: &Host, path: &Path) -> Result<Vec<u8>, Failure> {
    let path = path.to_owned();
    let name = path.display().to_string();
    let read =
        host.ask(|reply| Request::ReadFile { path: path.clone(), limit: LIMIT, reply }).await;
    match read {
        Ok(bytes) => within_limit(bytes, &name),
        Err(ReadFault::Open(fault)) => Err(Failure::unreadable(&path, &fault)),
        Err(ReadFault::Read(fault)) => Err(unreadable(&name, &fault)),
    }
}

/// A file's text.
pub(crate) async fn text_file(host: &Host, path: &Path) -> Result<String, Failure> {
    String::from_utf8(file(host, path).await?).map_err(|_| {
        let fault = format!("{} is not UTF-8 text.", path.display());
        Failure::new(Exit::Refused, fault, "Save the file as UTF-8.")
    })
}

async fn standard_input(host: &Host) -> Result<Vec<u8>, Failure> {
    const NAME: &str = "Standard input";
    match host.ask(|reply| Request::ReadStandardInput { limit: LIMIT, reply }).await {
        Ok(bytes) => within_limit(bytes, NAME),
        Err(fault) => Err(unreadable(NAME, &fault)),
    }
}

fn unreadable(name: &str, fault: &OsFault) -> Failure {
    let fault = format!("{name} cannot be read: {fault}.");
    Failure::new(Exit::Io, fault, "Check that it is there and that it may be read.")
}

fn within_limit(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, Failure> {
    if bytes.len() as u64 > MAX_BYTES {
        let fault = format!("{name} has more than {MAX_BYTES} bytes.");
        return Err(Failure::new(Exit::Refused, fault, "Check that it is what you meant."));
    }
    Ok(bytes)
}
