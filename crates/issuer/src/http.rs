//! Requests and responses as plain data, so that the core needs no HTTP library.

/// One HTTP request, already read in full.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method, in capitals: `GET`, `POST`, …
    pub method: String,
    /// The path as sent, starting with `/`, without the query.
    pub path: String,
    /// The query as sent, without `?`; empty when there is none.
    pub query: String,
    /// Names and values in the order they came. Names are compared without regard to case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// Where the request came from.
    pub peer: Peer,
}

impl Request {
    /// The value of the first header called `name`.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// The values of all headers called `name`, in order.
    pub(crate) fn header_values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The host the client believes it talks to, without its port.
    pub(crate) fn host_name(&self) -> &str {
        let host = self.header("host").unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        }
    }
}

/// Where a request came from. Only loopback peers may use the administration endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Peer {
    /// This machine, or the program itself when no network is involved.
    Loopback,
    /// Anywhere else, or unknown: the default.
    #[default]
    Remote,
}

/// One HTTP response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// The `Content-Type`; empty when there is no body.
    pub content_type: &'static str,
    /// Further headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Response {
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json", value.to_string())
    }

    pub(crate) fn text(status: u16, body: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// An answer for a host that could not do its part, such as saving the state: AWS's
    /// `InternalFailure`, HTTP 500.
    pub fn internal_failure(message: &str) -> Self {
        let error = crate::aws::AwsError::internal_failure(message);
        error.respond(crate::aws::Service::Sts, "00000000-0000-0000-0000-000000000000")
    }
}
