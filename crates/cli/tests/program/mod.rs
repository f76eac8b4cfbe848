//! Which program is tested: the native one, or the npm package's, which is to do the same.

use std::env;
use std::path::PathBuf;

/// The npm package's program, if that is to be tested: `npx countersign` as it was installed.
pub(crate) fn of_npm() -> Option<PathBuf> {
    env::var_os("COUNTERSIGN_BIN").map(PathBuf::from)
}

/// The program to test.
pub(crate) fn path() -> PathBuf {
    of_npm().unwrap_or_else(|| env!("CARGO_BIN_EXE_countersign").into())
}
