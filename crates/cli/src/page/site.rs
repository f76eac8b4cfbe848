//! What the page's server answers.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, header};
use countersign_command_line::is_loopback;

use super::files::{Files, SERVICE_WORKER, SHELL, content_type, is_fixed};
use super::handover::{Found, Handover};
use super::mint::{self, Answer, refusal};
use super::shell;

/// The page, and the local issuer next to it, if there is one.
pub(super) struct Site {
    pub(super) files: Files,
    /// Its URL, without a slash at the end.
    pub(super) issuer: Option<String>,
    /// Whether the browser may keep the page for when this server has ended.
    pub(super) offline: bool,
    /// The token that the browser is to show, if it is started with one.
    pub(super) handover: Option<Handover>,
}

/// A response: a status, headers, and the body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(header::HeaderName, String)>,
    pub(super) body: Vec<u8>,
}

impl Site {
    /// Answers one request, whose body is left out if it was too large. Blocks while the issuer is asked.
    pub(super) fn respond(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
        body: Option<&[u8]>,
    ) -> Reply {
        self.secured(self.answer(method, path, headers, body))
    }

    fn answer(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
        body: Option<&[u8]>,
    ) -> Reply {
        if !is_loopback_host(headers) {
            // Someone else's name that was pointed at this machine (DNS rebinding).
            return Reply::json(refusal(403, "page.host", "This page is for this machine only."));
        }
        let Some(body) = body else {
            return Reply::json(refusal(413, "page.too_large", "The request is too large."));
        };
        let followed = self
            .handover
            .as_ref()
            .filter(|_| method == Method::GET)
            .and_then(|one| one.follow(path));
        if let Some(found) = followed {
            return Reply::handover(&found);
        }
        match (method, path.strip_prefix("/local-issuer/"), &self.issuer) {
            (_, Some(path), Some(issuer)) => ask(issuer, method, path, headers, body),
            (&(Method::GET | Method::HEAD), None, _) => self.file(path),
            (_, Some(_), None) => Reply::not_found(),
            _ => Reply::json(refusal(405, "page.method", "Files are read with GET.")),
        }
    }

    fn file(&self, path: &str) -> Reply {
        let name = match path.trim_start_matches('/') {
            "" => SHELL,
            name => name,
        };
        if name == SERVICE_WORKER && !self.offline {
            return Reply::not_found();
        }
        let Some(content) = self.files.read(name) else { return Reply::not_found() };
        let body = match &self.issuer {
            Some(issuer) if name == SHELL => {
                shell::with_issuer(&String::from_utf8_lossy(&content), issuer).into_bytes()
            }
            _ => content.into_owned(),
        };
        let keep = if is_fixed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
        Reply {
            status: 200,
            headers: vec![
                (header::CONTENT_TYPE, content_type(name).to_owned()),
                (header::CACHE_CONTROL, keep.to_owned()),
            ],
            body,
        }
    }

    /// Adds the headers that every answer has.
    fn secured(&self, mut reply: Reply) -> Reply {
        let shell = self.files.read(SHELL).unwrap_or_default();
        let shell = String::from_utf8_lossy(&shell);
        let policy = shell::security_policy(&shell).unwrap_or("default-src 'none'");
        // What a page cannot say for itself.
        let policy = format!("{policy}; frame-ancestors 'none'");
        let headers = [
            ("content-security-policy", policy.as_str()),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ];
        let headers =
            headers.map(|(name, value)| (header::HeaderName::from_static(name), value.to_owned()));
        reply.headers.extend(headers);
        reply
    }
}

impl Reply {
    pub(super) fn json(Answer { status, body }: Answer) -> Self {
        let headers = vec![
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        Self { status, headers, body: body.to_string().into_bytes() }
    }

    fn handover(found: &Found) -> Self {
        match found {
            Found::Destination(place) => Self {
                status: 303,
                headers: vec![
                    (header::LOCATION, (*place).to_owned()),
                    (header::CACHE_CONTROL, "no-store".to_owned()),
                ],
                body: Vec::new(),
            },
            Found::Used => Self::json(refusal(
                410,
                "page.opened",
                "This address works once, and was used. The terminal shows the one of the page.",
            )),
        }
    }

    fn not_found() -> Self {
        Self::json(refusal(404, "page.not_found", "There is no such file."))
    }
}

fn ask(issuer: &str, method: &Method, path: &str, headers: &HeaderMap, body: &[u8]) -> Reply {
    Reply::json(match (method, path) {
        (&Method::GET, "state") => mint::state(issuer),
        (&Method::POST, "token") if !is_from_this_page(headers) => {
            refusal(403, "page.origin", "Only the page itself may mint.")
        }
        (&Method::POST, "token") => mint::token(issuer, body),
        _ => refusal(404, "page.not_found", "The local issuer is asked for its state, or a token."),
    })
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn is_loopback_host(headers: &HeaderMap) -> bool {
    let host = text(headers, &header::HOST).unwrap_or_default();
    host.parse::<Authority>().is_ok_and(|host| is_loopback(host.host()))
}

/// Whether a script of this very page asks: other pages cannot send JSON here without being asked for their
/// origin first, and have another one.
fn is_from_this_page(headers: &HeaderMap) -> bool {
    let host = text(headers, &header::HOST).unwrap_or_default();
    let is_json = text(headers, &header::CONTENT_TYPE)
        .is_some_and(|kind| kind.split(';').next() == Some("application/json"));
    is_json && text(headers, &header::ORIGIN) == Some(&format!("http://{host}"))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

    use super::{Reply, Site};
    use crate::page::files::Files;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    /// A page in a folder, next to an issuer at a port where nobody listens.
    fn site() -> Site {
        let folder = std::env::temp_dir().join(format!("countersign-site-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let shell = "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">";
        std::fs::write(folder.join("index.html"), shell).unwrap();
        std::fs::write(folder.join("app.0123456789.wasm"), "wasm").unwrap();
        std::fs::write(folder.join("sw.js"), "worker").unwrap();
        let issuer = Some("http://127.0.0.1:1".into());
        Site { files: Files::Folder(folder), issuer, offline: true, handover: None }
    }

    fn get(path: &str, host: &'static str) -> Reply {
        site().respond(&Method::GET, path, &headers(&[("host", host)]), Some(b""))
    }

    fn header<'r>(reply: &'r Reply, name: &str) -> &'r str {
        &reply.headers.iter().find(|(found, _)| found == name).unwrap().1
    }

    #[test]
    fn files_have_their_type_and_the_security_headers() {
        let reply = get("/", "127.0.0.1:8459");
        assert_eq!((reply.status, header(&reply, "cache-control")), (200, "no-cache"));
        let policy = "default-src 'self'; frame-ancestors 'none'";
        assert_eq!(header(&reply, "content-security-policy"), policy);
        assert!(String::from_utf8(reply.body).unwrap().contains("countersign-local-issuer"));
        let reply = get("/app.0123456789.wasm", "localhost");
        assert_eq!(header(&reply, "content-type"), "application/wasm");
        assert!(header(&reply, "cache-control").contains("immutable"));
        assert_eq!(reply.body, b"wasm");
    }

    #[test]
    fn nothing_outside_the_page_is_read() {
        for path in ["/../Cargo.toml", "/..%2f", "//etc/passwd", "/.git", "/none.js", "/a/b"] {
            assert_eq!(get(path, "127.0.0.1:1").status, 404, "{path}");
        }
        for host in ["example.com", "127.0.0.1.example.com:80", "10.0.0.1:8459", ""] {
            assert_eq!(get("/", host).status, 403, "{host}");
        }
        for host in ["localhost:8459", "127.0.0.2:8459", "[::1]:8459", "[::1]"] {
            assert_eq!(get("/", host).status, 200, "{host}");
        }
        let post =
            site().respond(&Method::POST, "/", &headers(&[("host", "localhost")]), Some(b""));
        assert_eq!(post.status, 405);
    }

    #[test]
    fn refusals_have_the_security_headers_too() {
        let too_large =
            site().respond(&Method::POST, "/", &headers(&[("host", "localhost")]), None);
        assert_eq!(too_large.status, 413);
        for reply in [too_large, get("/", "example.com"), get("/none.js", "localhost")] {
            let policy = "default-src 'self'; frame-ancestors 'none'";
            assert_eq!(header(&reply, "content-security-policy"), policy);
            assert_eq!(header(&reply, "content-type"), "application/json");
        }
    }

    #[test]
    fn a_page_for_one_look_is_not_kept_by_the_browser() {
        assert_eq!(get("/sw.js", "localhost").status, 200);
        let once = Site { offline: false, ..site() };
        let reply =
            once.respond(&Method::GET, "/sw.js", &headers(&[("host", "localhost")]), Some(b""));
        assert_eq!(reply.status, 404);
    }

    #[test]
    fn only_the_page_itself_mints() {
        let own = [
            ("host", "127.0.0.1:8459"),
            ("origin", "http://127.0.0.1:8459"),
            ("content-type", "application/json"),
        ];
        let mint = |pairs: &[(&'static str, &'static str)]| {
            site()
                .respond(&Method::POST, "/local-issuer/token", &headers(pairs), Some(b"{}"))
                .status
        };
        assert_eq!(mint(&own), 400, "it is let in, and asks for nothing");
        assert_eq!(mint(&own[..1]), 403);
        assert_eq!(mint(&[own[0], ("origin", "http://127.0.0.1:9999"), own[2]]), 403);
        assert_eq!(mint(&[own[0], own[1], ("content-type", "text/plain")]), 403);
        assert_eq!(get("/local-issuer/state", "127.0.0.1:8459").status, 502);
    }
}
