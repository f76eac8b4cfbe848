//! Handing the token to the browser, by an address that says nothing and works once.
//!
//! The address of a page is an argument of the program that opens it. Arguments can be read by everyone on
//! the machine, get into its audit logs, and stay for as long as the browser that was started runs.

use std::fmt::Write as _;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// A token's address, given to whoever asks first.
pub(super) struct Handover {
    path: String,
    destination: String,
    used: AtomicBool,
}

/// What somebody finds who follows the address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// Where to go on to, with the token in the fragment.
    Destination(&'a str),
    /// Somebody was there before.
    Used,
}

impl Handover {
    /// To this path and fragment. Fails where the system has no randomness.
    pub(super) fn to(destination: String) -> io::Result<Self> {
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).map_err(|error| io::Error::other(error.to_string()))?;
        let mut path = "/open/".to_owned();
        for byte in secret {
            // Writing to a string cannot fail.
            let _ = write!(path, "{byte:02x}");
        }
        Ok(Self { path, destination, used: AtomicBool::new(false) })
    }

    /// Its path, which cannot be guessed.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What is at this path; nothing, if it is another.
    pub(super) fn follow(&self, path: &str) -> Option<Found<'_>> {
        (path == self.path).then(|| {
            let used = self.used.swap(true, Ordering::SeqCst);
            if used { Found::Used } else { Found::Destination(&self.destination) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Handover};

    #[test]
    fn the_first_who_asks_is_the_only_one() {
        let handover = Handover::to("/#token=a.b.c".to_owned()).unwrap();
        let path = handover.path().to_owned();
        assert_eq!((path.len(), path.starts_with("/open/")), (38, true), "{path}");
        assert_eq!(handover.follow("/open/"), None);
        assert_eq!(handover.follow(&path), Some(Found::Destination("/#token=a.b.c")));
        assert_eq!(handover.follow(&path), Some(Found::Used));
        let other = Handover::to(String::new()).unwrap();
        assert_ne!(other.path(), path);
        assert_eq!(other.follow(&path), None);
    }
}
