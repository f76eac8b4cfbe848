//! What the page is made of.

mod app;
mod claims;
mod compare;
mod copy;
mod data_text;
mod frame;
mod policy;
mod prose;
mod reader;
mod samples;
mod share;
mod signature;
mod time_text;
mod token_text;
mod verdicts;
mod welcome;

pub use app::App;
