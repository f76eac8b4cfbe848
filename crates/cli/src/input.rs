//! Reading tokens and files, each up to a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::exit::{Exit, Failure};
use crate::output;

/// More than any token, policy, key set or configuration has.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The token that was given as an argument, or stands in the file that was (`@FILE`), or else in standard
/// input.
///
/// White space around it, such as the line break that `echo` adds, is taken off.
pub(crate) fn token(argument: Option<String>) -> Result<String, Failure> {
    let text = match argument {
        Some(text) if text.starts_with('@') => {
            lossy(&file(Path::new(text.trim_start_matches('@')))?)
        }
        Some(text) if text != "-" => text,
        None if output::stdin_is_terminal() => {
            return Err(Failure::new(
                Exit::Usage,
                "No token was given.",
                "Pipe it in, or name its file with @FILE: that keeps it out of the shell's history.",
            ));
        }
        _ => lossy(&up_to_limit(io::stdin().lock(), "Standard input")?),
    };
    Ok(text.trim().to_owned())
}

/// What is no UTF-8 is no token either, and is refused as such.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A file's bytes.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(|error| Failure::unreadable(path, &error))?;
    up_to_limit(file, &path.display().to_string())
}

/// A file's text.
pub(crate) fn text_file(path: &Path) -> Result<String, Failure> {
    String::from_utf8(file(path)?).map_err(|_| {
        let fault = format!("{} is not UTF-8 text.", path.display());
        Failure::new(Exit::Refused, fault, "Save the file as UTF-8.")
    })
}

fn up_to_limit(source: impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| {
        let fault = format!("{name} cannot be read: {error}.");
        Failure::new(Exit::Io, fault, "Check that it is there and that it may be read.")
    })?;
    if bytes.len() as u64 > MAX_BYTES {
        let fault = format!("{name} has more than {MAX_BYTES} bytes.");
        return Err(Failure::new(Exit::Refused, fault, "Check that it is what you meant."));
    }
    Ok(bytes)
}
