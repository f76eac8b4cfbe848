//! Over TLS: whom a host believes, and what it makes of a client that is not its own.

use std::sync::Arc;

use countersign::service::{AsyncVerifier, HttpHost};
use countersign::{KeyStoreSettings, Policy, Readiness, Verifier};
use reqwest::{Client, redirect};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// See tls/README.md.
const CERTIFICATE: &[u8] = include_bytes!("tls/certificate.der");
const KEY: &[u8] = include_bytes!("tls/key.der");

/// An issuer on loopback that speaks TLS: its documents are at `/a`, and elsewhere for those who ask at `/moved`.
async fn issuer() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let keys = include_str!("../../vectors/aws/jwks.json");
    let origin = base.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // Whoever does not believe the certificate goes away.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            let request = String::from_utf8(request).unwrap();
            let path = request.split(' ').nth(1).unwrap();
            let (status, more, body) = match path {
                "/a/.well-known/openid-configuration" => {
                    let jwks_uri = format!("{origin}/a/keys");
                    let body = json!({ "issuer": format!("{origin}/a"), "jwks_uri": jwks_uri });
                    ("200 OK", String::new(), body.to_string())
                }
                "/a/keys" => ("200 OK", String::new(), keys.to_owned()),
                moved => {
                    let to = moved.replace("/moved", "/a");
                    ("302 Found", format!("location: {to}\r\n"), String::new())
                }
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    base
}

async fn ready(host: HttpHost, issuer: String) -> Readiness {
    let policy = json!({ "audience": "a", "trust": [{ "issuer": issuer }] });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let verifier = Verifier::new(policy, KeyStoreSettings::default()).unwrap();
    AsyncVerifier::new(verifier, host).ready().await.remove(0)
}

fn client(redirects: redirect::Policy) -> Client {
    let builder = Client::builder().redirect(redirects).no_proxy();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from(CERTIFICATE)).unwrap();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    builder.tls_backend_preconfigured(config).build().unwrap()
}

#[tokio::test]
async fn a_certificate_that_the_system_does_not_know_is_refused() {
    let base = issuer().await;
    let readiness = ready(HttpHost::new().unwrap(), format!("{base}/a")).await;
    let reason = readiness.reason.unwrap();
    assert!(!readiness.ready && reason.contains("certificate"), "{reason}");
}

#[tokio::test]
async fn a_client_of_ones_own_may_know_it() {
    let base = issuer().await;
    let host = HttpHost::with_client(client(redirect::Policy::none())).unwrap();
    let readiness = ready(host, format!("{base}/a")).await;
    assert!(readiness.ready, "{readiness:?}");
}

#[tokio::test]
async fn no_redirect_is_followed_and_none_is_believed() {
    let base = issuer().await;
    for redirects in [redirect::Policy::none(), redirect::Policy::limited(5)] {
        let host = HttpHost::with_client(client(redirects)).unwrap();
        let readiness = ready(host, format!("{base}/moved")).await;
        let reason = readiness.reason.unwrap();
        assert!(!readiness.ready && reason.contains("redirects are not followed"), "{reason}");
    }
}
