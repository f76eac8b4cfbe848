//! Fetching one document of an issuer within limits. What the document means is the core's business.

use std::io::{self, Read};
use std::time::Duration;

use countersign::{FetchFailure, FetchOutcome, FreshnessHeaders};
use countersign_command_line::Exchange;
use ureq::http::{Response, header};
use ureq::{Agent, Body, Error, Proxy};

/// Fetches a document; redirects are not followed.
pub(crate) fn fetch(exchange: &Exchange) -> FetchOutcome {
    let answer = agent(exchange)
        .and_then(|agent| agent.get(&exchange.url).header(header::ACCEPT, Exchange::ACCEPT).call());
    match answer {
        Ok(response) => receive(response, exchange),
        Err(error) => FetchOutcome::failed(reason(&error), &error),
    }
}

fn agent(exchange: &Exchange) -> Result<Agent, Error> {
    // What the environment says is read already.
    let proxy = exchange.proxy.as_ref().map(|proxy| Proxy::new(&proxy.url)).transpose()?;
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(proxy)
        .timeout_global(Some(Duration::from_secs(exchange.timeout_seconds)))
        .user_agent(Exchange::USER_AGENT);
    Ok(config.build().new_agent())
}

fn receive(response: Response<Body>, exchange: &Exchange) -> FetchOutcome {
    let status = response.status().as_u16();
    let freshness = FreshnessHeaders::from(response.headers());
    let mut body = Vec::new();
    // One byte more than allowed tells a body that is too large from one that just fits.
    let limit = u64::try_from(exchange.max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    match response.into_body().into_reader().take(limit).read_to_end(&mut body) {
        Ok(read) if read > exchange.max_bytes => exchange.too_large(),
        Ok(_) => FetchOutcome::Response { status, freshness, body },
        Err(error) => {
            let error = Error::from(error);
            FetchOutcome::failed(reason(&error), &error)
        }
    }
}

fn reason(error: &Error) -> FetchFailure {
    match error {
        Error::Timeout(_) => FetchFailure::Timeout,
        Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => FetchFailure::Timeout,
        Error::RedirectFailed | Error::TooManyRedirects => FetchFailure::Redirect,
        Error::BodyExceedsLimit(_) | Error::LargeResponseHeader(..) => FetchFailure::TooLarge,
        Error::RequireHttpsOnly(_) => FetchFailure::Insecure,
        _ => FetchFailure::Network,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::{Exchange, FetchFailure, FetchOutcome, FreshnessHeaders, fetch};

    fn exchange(url: String, timeout_seconds: u64) -> Exchange {
        Exchange { url, proxy: None, max_bytes: 10, timeout_seconds }
    }

    /// Answers one request with this text, and then holds the connection until the client ends it.
    fn answered_with(answer: &str, timeout_seconds: u64) -> FetchOutcome {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        let answer = answer.to_owned();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            // The client may end the connection before it has read all.
            let _ = stream.write_all(answer.as_bytes());
            let _ = stream.read(&mut [0]);
            String::from_utf8(request).unwrap()
        });
        let outcome = fetch(&exchange(url, timeout_seconds));
        let request = server.join().unwrap();
        assert!(request.starts_with("GET /keys HTTP/1.1\r\n"), "{request}");
        assert!(request.to_lowercase().contains("accept: application/json\r\n"), "{request}");
        outcome
    }

    fn failure(outcome: &FetchOutcome) -> Option<FetchFailure> {
        match outcome {
            FetchOutcome::Failed { reason, .. } => Some(*reason),
            FetchOutcome::Response { .. } => None,
        }
    }

    #[test]
    fn a_document_arrives_with_how_long_it_may_be_used() {
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncache-control: public\r\n\
                      cache-control: max-age=60\r\nage: 7\r\n\r\n0123456789";
        let expected = FetchOutcome::Response {
            status: 200,
            freshness: FreshnessHeaders {
                age: Some("7".to_owned()),
                cache_control: Some("public, max-age=60".to_owned()),
                ..FreshnessHeaders::default()
            },
            body: b"0123456789".to_vec(),
        };
        assert_eq!(answered_with(answer, 5), expected);
    }

    #[test]
    fn redirects_and_errors_are_answers_like_others() {
        for (line, status) in [("302 Found", 302), ("404 Not Found", 404), ("500 Oops", 500)] {
            let answer = format!(
                "HTTP/1.1 {line}\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
            );
            let freshness = FreshnessHeaders::default();
            let expected = FetchOutcome::Response { status, freshness, body: Vec::new() };
            assert_eq!(answered_with(&answer, 5), expected);
        }
    }

    #[test]
    fn reading_ends_at_the_limit_whatever_length_was_announced() {
        for answer in [
            "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n0123456789a",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nb\r\n0123456789a\r\n",
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n0123456789a",
        ] {
            assert_eq!(
                failure(&answered_with(answer, 5)),
                Some(FetchFailure::TooLarge),
                "{answer}"
            );
        }
    }

    #[test]
    fn waiting_ends_in_time() {
        for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n01"] {
            assert_eq!(failure(&answered_with(answer, 1)), Some(FetchFailure::Timeout), "{answer}");
        }
    }

    #[test]
    fn a_refused_connection_is_told_with_its_cause() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        drop(listener);
        let FetchOutcome::Failed { reason: FetchFailure::Network, detail } =
            fetch(&exchange(url, 5))
        else {
            panic!("the connection was refused");
        };
        assert!(detail.to_lowercase().contains("refused"), "{detail}");
    }
}
