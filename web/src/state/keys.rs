use std::rc::Rc;

use countersign::keys::KeySetFault;
use countersign::{KeySet, KeySetLimits};

/// The keys of one issuer, as far as the page has them.
#[derive(Clone, Debug)]
pub enum Keys {
    /// Nobody has given or fetched any.
    Missing,
    /// They are being fetched.
    Fetching {
        /// The one URL that is fetched.
        url: String,
    },
    /// They could not be fetched.
    Unreachable {
        /// The one URL that was fetched.
        url: String,
        /// What went wrong.
        problem: FetchProblem,
    },
    /// What was given is no key set.
    Unreadable {
        /// What is wrong with it.
        fault: KeySetFault,
    },
    /// Here they are.
    Known {
        /// The keys.
        set: Rc<KeySet>,
        /// Where they are from.
        source: KeySource,
    },
}

/// Where keys are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// Fetched from this URL.
    Fetched(String),
    /// Pasted or dropped: whoever did so vouches for them.
    Given,
    /// Made in the page for a sample.
    Sample,
}

/// Why keys could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchProblem {
    /// The browser did not let the page have the answer, or there was none: it tells pages no more.
    Blocked,
    /// The answer had this status.
    Status(u16),
    /// There was no whole answer in time.
    Timeout,
    /// The answer was larger than a key set may be.
    TooLarge,
    /// The answer is no key set.
    NotAKeySet(KeySetFault),
}

impl PartialEq for Keys {
    /// Key sets are compared by identity: they are large, and none is changed.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Missing, Self::Missing) => true,
            (Self::Fetching { url: a }, Self::Fetching { url: b }) => a == b,
            (
                Self::Unreachable { url: a, problem: x },
                Self::Unreachable { url: b, problem: y },
            ) => a == b && x == y,
            (Self::Unreadable { fault: a }, Self::Unreadable { fault: b }) => a == b,
            (Self::Known { set: a, source: x }, Self::Known { set: b, source: y }) => {
                Rc::ptr_eq(a, b) && x == y
            }
            _ => false,
        }
    }
}

impl Keys {
    /// Reads what someone pasted or dropped as the keys of an issuer.
    pub(super) fn read(text: &str, key_id: Option<&str>, source: KeySource) -> Self {
        match KeySet::read_pasted(text, key_id, KeySetLimits::default()) {
            Ok(set) => Self::Known { set: Rc::new(set), source },
            Err(fault) => Self::Unreadable { fault },
        }
    }

    /// The keys, if they are there.
    pub fn known(&self) -> Option<&Rc<KeySet>> {
        match self {
            Self::Known { set, .. } => Some(set),
            _ => None,
        }
    }
}
