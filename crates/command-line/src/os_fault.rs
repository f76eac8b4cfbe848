//! What the operating system refused, in the words that Rust's standard library has for it.

use std::fmt;
use std::io;

/// A refusal of the operating system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OsFault {
    kind: io::ErrorKind,
    text: String,
}

impl OsFault {
    /// From what a JavaScript host knows of an error: POSIX's name for it, its number, and the host's own words,
    /// which are taken where the name is not among those that are known here.
    pub fn named(name: &str, number: Option<i32>, words: &str) -> Self {
        let known = KNOWN.iter().find(|known| known.name == name);
        let kind = known.map_or(io::ErrorKind::Other, |known| known.kind);
        let words = known.map_or(words, |known| known.words);
        let text = match number {
            Some(number) => format!("{words} (os error {number})"),
            None => words.to_owned(),
        };
        Self { kind, text }
    }

    /// Whether a reader went away.
    pub fn is_broken_pipe(&self) -> bool {
        self.kind == io::ErrorKind::BrokenPipe
    }
}

impl From<io::Error> for OsFault {
    fn from(error: io::Error) -> Self {
        Self { kind: error.kind(), text: error.to_string() }
    }
}

impl fmt::Display for OsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

struct Known {
    name: &'static str,
    kind: io::ErrorKind,
    words: &'static str,
}

const fn known(name: &'static str, words: &'static str) -> Known {
    Known { name, kind: io::ErrorKind::Other, words }
}

/// What files, streams and sockets are refused for, in the words of strerror (POSIX.1-2017, as glibc has them).
const KNOWN: [Known; 23] = [
    known("EACCES", "Permission denied"),
    known("EADDRINUSE", "Address already in use"),
    known("EADDRNOTAVAIL", "Cannot assign requested address"),
    known("EBADF", "Bad file descriptor"),
    known("ECONNREFUSED", "Connection refused"),
    known("ECONNRESET", "Connection reset by peer"),
    known("EEXIST", "File exists"),
    known("EFBIG", "File too large"),
    known("EHOSTUNREACH", "No route to host"),
    known("EINVAL", "Invalid argument"),
    known("EIO", "Input/output error"),
    known("EISDIR", "Is a directory"),
    known("ELOOP", "Too many levels of symbolic links"),
    known("EMFILE", "Too many open files"),
    known("ENAMETOOLONG", "File name too long"),
    known("ENETUNREACH", "Network is unreachable"),
    known("ENOENT", "No such file or directory"),
    known("ENOSPC", "No space left on device"),
    known("ENOTDIR", "Not a directory"),
    known("ENXIO", "No such device or address"),
    known("EPERM", "Operation not permitted"),
    Known { name: "EPIPE", kind: io::ErrorKind::BrokenPipe, words: "Broken pipe" },
    known("EROFS", "Read-only file system"),
];

#[cfg(test)]
mod tests {
    use std::io;

    use super::{KNOWN, OsFault};

    #[cfg(target_os = "linux")]
    #[test]
    fn the_words_are_those_of_the_standard_library() {
        // Linux's numbers (errno-base.h and errno.h).
        let numbers = [
            13, 98, 99, 9, 111, 104, 17, 27, 113, 22, 5, 21, 40, 24, 36, 101, 2, 28, 20, 6, 1, 32,
            30,
        ];
        for (known, number) in KNOWN.iter().zip(numbers) {
            let real = OsFault::from(io::Error::from_raw_os_error(number));
            let named = OsFault::named(known.name, Some(number), "");
            assert_eq!(named.to_string(), real.to_string());
            assert_eq!(named.is_broken_pipe(), real.is_broken_pipe(), "{}", known.name);
        }
    }

    #[test]
    fn what_is_not_known_is_told_in_the_hosts_words() {
        let fault = OsFault::named("EODD", Some(7), "something odd");
        assert_eq!(fault.to_string(), "something odd (os error 7)");
        assert_eq!(OsFault::named("ENOENT", None, "").to_string(), "No such file or directory");
    }
}
