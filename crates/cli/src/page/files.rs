//! The page's files: those inside the binary, or those of a folder.

use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

/// Every file of the built page, by name.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// The page's shell, which is served for `/`.
pub(super) const SHELL: &str = "index.html";

/// The script that has browsers keep the page.
pub(super) const SERVICE_WORKER: &str = "sw.js";

/// Where the page's files are.
#[derive(Clone, Debug)]
pub(super) enum Files {
    /// Inside the binary.
    Embedded,
    /// In this folder, read for each request, so that a page that was built again is seen.
    Folder(PathBuf),
}

impl Files {
    /// A file's content.
    pub(super) fn read(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        if !is_plain(name) {
            return None;
        }
        match self {
            Self::Embedded => {
                let (_, content) = EMBEDDED.iter().find(|(file, _)| *file == name)?;
                Some(Cow::Borrowed(content))
            }
            Self::Folder(folder) => fs::read(folder.join(name)).ok().map(Cow::Owned),
        }
    }

    /// Whether there is a page at all.
    pub(super) fn has_page(&self) -> bool {
        self.read(SHELL).is_some()
    }
}

/// Whether a name is that of a file, and no way to another folder.
fn is_plain(name: &str) -> bool {
    let in_names = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && !name.starts_with(['.', '_']) && name.chars().all(in_names)
}

/// What a file is, for `Content-Type`.
pub(super) fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// Whether a file has its digest in its name, `app.0123456789.js`, and so never changes.
pub(super) fn is_fixed(name: &str) -> bool {
    let mut parts = name.split('.');
    let digest = (parts.next(), parts.next(), parts.next(), parts.next());
    matches!(digest, (Some(_), Some(digest), Some(_), None)
        if digest.len() == 10 && digest.chars().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::{EMBEDDED, Files, content_type, is_fixed, is_plain};

    #[test]
    fn only_names_of_files_are_read() {
        for name in ["index.html", "app.0123456789.js", "icon-192.png"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", ".", "..", "../x", "a/b", "a\\b", ".git", "_headers", "%2e", "a\0"] {
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn a_page_is_inside_whole_or_not_at_all() {
        assert_eq!(Files::Embedded.has_page(), !EMBEDDED.is_empty());
        for (name, content) in EMBEDDED {
            assert_eq!(Files::Embedded.read(name).as_deref(), Some(*content), "{name}");
            assert_ne!(content_type(name), "application/octet-stream", "{name}");
        }
    }

    #[test]
    fn digests_are_recognized() {
        assert!(is_fixed("app.0123456789.js"));
        for name in ["app.js", "index.html", "app.012345678.js", "app.012345678x.js", "a.b.c.d"] {
            assert!(!is_fixed(name), "{name}");
        }
    }
}
