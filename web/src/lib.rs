//! The inspector: a page that shows what an AWS token says, and why it would be refused.

pub mod completion;
pub mod draft;
pub mod exports;
pub mod language;
pub mod samples;

/// Puts the page where the shell (`index.html`) has its place.
pub fn start() {}
