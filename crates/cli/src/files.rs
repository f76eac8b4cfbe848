//! Files and the standard streams.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use countersign_command_line::{OsFault, ReadFault, Stream};

/// A file's bytes, up to a limit.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadFault> {
    let file = File::open(path).map_err(|error| ReadFault::Open(error.into()))?;
    up_to(file, limit).map_err(ReadFault::Read)
}

/// Standard input, up to a limit.
pub(crate) fn read_standard_input(limit: u64) -> Result<Vec<u8>, OsFault> {
    up_to(io::stdin().lock(), limit)
}

/// Writes to a standard stream, at once.
pub(crate) fn write(stream: Stream, text: &str) -> Result<(), OsFault> {
    let written = match stream {
        Stream::Stdout => {
            let mut stdout = io::stdout().lock();
            stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
        }
        Stream::Stderr => io::stderr().lock().write_all(text.as_bytes()),
    };
    written.map_err(OsFault::from)
}

fn up_to(source: impl Read, limit: u64) -> Result<Vec<u8>, OsFault> {
    let mut bytes = Vec::new();
    source.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
