//! What components ask of the page and of the browser.

mod browser;
mod keys;
mod page;
mod time;

pub use browser::{DropTarget, read_dropped, use_browser};
pub use keys::fetch_keys;
pub use page::{Page, use_page};
pub use time::{Now, use_host_time, use_now};
