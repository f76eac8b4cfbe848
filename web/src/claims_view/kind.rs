use countersign::json::{Document, Limits};
use countersign::{is_aws_issuer, is_sts_service};

use super::payload::Payload;
use crate::state::Token;

/// Which of the tokens that AWS issues a token says it is: by its issuer, or by its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Outbound identity federation: the issuer has the form of an account's own.
    Outbound,
    /// A local issuer that plays AWS's side, on loopback.
    LocalIssuer,
    /// The issuer would have the form of an account's own, but for its spelling; how it should be spelled.
    Misspelled(String),
    /// The issuer is the STS service itself, which issues no tokens under that name.
    StsService,
    /// A Cognito user pool's token.
    CognitoUserPool,
    /// A Cognito identity pool's token.
    CognitoIdentityPool,
    /// What an Application Load Balancer adds to a request.
    LoadBalancer,
    /// What Verified Access adds to a request.
    VerifiedAccess,
    /// A Kubernetes service account's token, of an EKS cluster.
    EksServiceAccount,
    /// There is no issuer.
    NoIssuer,
    /// An issuer that has nothing to do with AWS.
    Foreign,
}

impl TokenKind {
    /// Whether the token's issuer has the form of outbound federation's, or plays it.
    pub fn is_outbound(&self) -> bool {
        matches!(self, Self::Outbound | Self::LocalIssuer)
    }

    pub(super) fn of(token: &Token, payload: &Payload) -> Self {
        if let Some(signer) = header_text(token, "signer") {
            if service_of(&signer) == Some("elasticloadbalancing") {
                return Self::LoadBalancer;
            }
            if signer.contains(":verified-access-instance/") {
                return Self::VerifiedAccess;
            }
        }
        payload.text("iss").map_or(Self::NoIssuer, |issuer| Self::of_issuer(&issuer))
    }

    fn of_issuer(issuer: &str) -> Self {
        if is_aws_issuer(issuer) {
            return Self::Outbound;
        }
        if is_sts_service(issuer) {
            return Self::StsService;
        }
        let plain = plainly(issuer);
        if is_aws_issuer(&plain) {
            return Self::Misspelled(plain);
        }
        let host = issuer.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        match host.unwrap_or_default() {
            "cognito-identity.amazonaws.com" => Self::CognitoIdentityPool,
            host if regional(host, "cognito-idp.") => Self::CognitoUserPool,
            host if regional(host, "oidc.eks.") => Self::EksServiceAccount,
            _ if is_loopback(issuer) => Self::LocalIssuer,
            _ => Self::Foreign,
        }
    }
}

/// Whether a host is a service's endpoint in some region. Below other names of AWS's domain stand hosts of
/// its customers: the bucket `oidc.eks.x` is at `oidc.eks.x.s3.amazonaws.com`.
fn regional(host: &str, service: &str) -> bool {
    let region = host.strip_prefix(service).and_then(|rest| {
        rest.strip_suffix(".amazonaws.com").or_else(|| rest.strip_suffix(".amazonaws.com.cn"))
    });
    region.is_some_and(|region| !region.is_empty() && !region.contains('.'))
}

fn is_loopback(issuer: &str) -> bool {
    let authority = issuer.strip_prefix("http://").and_then(|rest| rest.split('/').next());
    let host = authority.map(|text| text.split_once(':').unwrap_or((text, "")));
    host.is_some_and(|(host, port)| {
        matches!(host, "127.0.0.1" | "localhost") && port.bytes().all(|b| b.is_ascii_digit())
    })
}

/// An issuer without what people get wrong about its spelling.
fn plainly(issuer: &str) -> String {
    let issuer = issuer.trim().to_ascii_lowercase();
    let rest = ["https://", "http://"].iter().find_map(|scheme| issuer.strip_prefix(scheme));
    format!("https://{}", rest.unwrap_or(&issuer).trim_end_matches('/'))
}

fn service_of(arn: &str) -> Option<&str> {
    countersign::Arn::parse(arn).map(|arn| arn.service)
}

fn header_text(token: &Token, name: &str) -> Option<String> {
    let part = token.inspection.parts.iter().find(|part| part.name == "header")?;
    let text = part.text.as_deref()?;
    let (document, _) = Document::parse_noting_duplicates(text, Limits::default()).ok()?;
    Some(document.root().as_object()?.member(name)?.as_str()?.into_owned())
}
