//! Where to listen. Loopback, unless the caller says otherwise in so many words.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// An address that may be listened on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bind(SocketAddr);

/// Who may reach the issuer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exposure {
    /// This machine only: the default.
    #[default]
    LoopbackOnly,
    /// Whoever can reach the address. Anyone who can, can mint tokens as any configured principal.
    DangerouslyAllowNonLoopback,
}

impl Bind {
    /// Reads `<ip>:<port>` or `localhost:<port>`; port 0 takes a free one.
    pub fn parse(text: &str, exposure: Exposure) -> Result<Self, BindError> {
        let address: SocketAddr = match text.strip_prefix("localhost:") {
            Some(port) => {
                let port = port.parse().map_err(|_| BindError::malformed(text))?;
                SocketAddr::from((Ipv4Addr::LOCALHOST, port))
            }
            None => text.parse().map_err(|_| BindError::malformed(text))?,
        };
        if exposure == Exposure::LoopbackOnly && !address.ip().is_loopback() {
            return Err(BindError::not_loopback(address.ip()));
        }
        Ok(Self(address))
    }

    /// The address.
    pub fn address(self) -> SocketAddr {
        self.0
    }
}

/// The URL at which an issuer that listens on `address` is reached from the same machine.
pub fn base_url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

/// An address that may not be listened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindError {
    /// A stable code: `bind.malformed` or `bind.not_loopback`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub fault: String,
    /// What to do, in another.
    pub remedy: &'static str,
}

impl BindError {
    fn malformed(text: &str) -> Self {
        Self {
            code: "bind.malformed",
            fault: format!("'{text}' is not an address to listen on."),
            remedy: "Write an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080.",
        }
    }

    fn not_loopback(ip: IpAddr) -> Self {
        Self {
            code: "bind.not_loopback",
            fault: format!(
                "{ip} is not a loopback address: whoever reaches it could mint tokens as any principal."
            ),
            remedy: "Listen on 127.0.0.1, or allow other addresses explicitly.",
        }
    }
}

impl std::error::Error for BindError {}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} [{}]", self.fault, self.remedy, self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bind, Exposure, base_url};

    #[test]
    fn only_loopback_unless_allowed_in_so_many_words() {
        for text in ["127.0.0.1:0", "127.8.8.8:80", "[::1]:8080", "localhost:8080"] {
            assert!(Bind::parse(text, Exposure::LoopbackOnly).is_ok(), "{text}");
        }
        for text in ["0.0.0.0:80", "[::]:80", "192.0.2.1:80", "[::ffff:192.0.2.1]:80"] {
            let error = Bind::parse(text, Exposure::LoopbackOnly).unwrap_err();
            assert_eq!(error.code, "bind.not_loopback", "{text}");
            assert!(Bind::parse(text, Exposure::DangerouslyAllowNonLoopback).is_ok(), "{text}");
        }
        for text in ["", "127.0.0.1", "example.com:80", "localhost:x", "127.0.0.1:70000"] {
            let error = Bind::parse(text, Exposure::DangerouslyAllowNonLoopback).unwrap_err();
            assert_eq!(error.code, "bind.malformed", "{text}");
        }
    }

    #[test]
    fn the_base_url_can_be_reached() {
        assert_eq!(base_url("0.0.0.0:80".parse().unwrap()), "http://127.0.0.1:80");
        assert_eq!(base_url("[::]:81".parse().unwrap()), "http://[::1]:81");
    }
}
