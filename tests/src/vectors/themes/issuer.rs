use serde_json::json;

use crate::vectors::case::Case;
use crate::vectors::mint::{sibling, token};
use crate::vectors::shared::{AUDIENCE, ES384, ISSUER, ORGANIZATION, key_set, published};

const NOT_AN_ISSUER: (&str, &str) = ("issuer.not_a_token_issuer", "issuer");
const SPELLING: (&str, &str) = ("issuer.spelling", "issuer");
const UNTRUSTED: (&str, &str) = ("issuer.untrusted", "issuer");

const HOST: &str = "abc123-def456-ghi789-jkl012.tokens.sts.global.api.aws";

pub(super) fn cases() -> Vec<Case> {
    let from = |issuer: &str| token().claim("iss", json!(issuer));
    // Keys are at hand for exactly this spelling, so that only the trust rules can refuse the token.
    let rejected = |name: &str, why: &str, issuer: &str, code: (&str, &str)| {
        Case::rejected(name, why, from(issuer), code).keys(keys_for(issuer))
    };
    let mut cases = vec![
        rejected(
            "trailing slash",
            "RFC 7519, section 4.1.1: compared exactly; the commonest slip.",
            &format!("https://{HOST}/"),
            SPELLING,
        )
        .expecting(HOST),
        rejected(
            "capitals",
            "Compared exactly.",
            &format!("https://{}", HOST.to_uppercase()),
            SPELLING,
        ),
        rejected("scheme in capitals", "Compared exactly.", &format!("HTTPS://{HOST}"), SPELLING),
        rejected("plain http", "Compared exactly.", &format!("http://{HOST}"), SPELLING),
        rejected(
            "no scheme",
            "Google accepts its own so; here it is compared exactly.",
            HOST,
            SPELLING,
        ),
        rejected("default port", "Compared exactly.", &format!("https://{HOST}:443"), SPELLING),
        rejected(
            "trailing dot",
            "The same name to DNS, another text.",
            &format!("https://{HOST}."),
            SPELLING,
        ),
        rejected("space at the end", "Compared exactly.", &format!("https://{HOST} "), SPELLING),
        rejected(
            "line break at the end",
            "Compared exactly.",
            &format!("https://{HOST}\n"),
            SPELLING,
        ),
        rejected(
            "the discovery document's address",
            "The issuer and the document's place are two things.",
            &format!("https://{HOST}/.well-known/openid-configuration"),
            SPELLING,
        ),
        rejected("another port", "Another origin.", &format!("https://{HOST}:8443"), UNTRUSTED),
        rejected(
            "a user name",
            "Another text; some would connect to the host after it.",
            &format!("https://user@{HOST}"),
            UNTRUSTED,
        ),
        rejected(
            "as the user name of another host",
            "The host is what follows the @.",
            &format!("https://{HOST}@evil.example"),
            UNTRUSTED,
        ),
        rejected(
            "as the beginning of another host",
            "A test of the prefix only.",
            &format!("https://{HOST}.evil.example"),
            UNTRUSTED,
        ),
        rejected(
            "as the end of another host",
            "A test of the suffix only.",
            &format!("https://evil{HOST}"),
            UNTRUSTED,
        ),
        rejected(
            "as the path of another host",
            "A test whether the text contains it.",
            &format!("https://evil.example/{HOST}"),
            UNTRUSTED,
        ),
        rejected(
            "as the fragment of another host",
            "What follows # is never sent.",
            &format!("https://evil.example/#{ISSUER}"),
            UNTRUSTED,
        ),
        rejected("with a path", "Another issuer.", &format!("https://{HOST}/tenant"), UNTRUSTED),
        rejected("with a query", "Another issuer.", &format!("https://{HOST}?x=1"), UNTRUSTED),
        rejected(
            "with a backslash",
            "Browsers take it for a slash.",
            &format!("https://evil.example\\@{HOST}"),
            UNTRUSTED,
        ),
        rejected(
            "with a percent-encoded dot",
            "Compared exactly, not decoded.",
            &format!("https://{}", HOST.replacen('.', "%2e", 1)),
            UNTRUSTED,
        ),
        rejected(
            "Cyrillic letter",
            "A homograph.",
            &format!("https://{}", HOST.replacen('a', "\u{430}", 1)),
            UNTRUSTED,
        ),
        rejected(
            "punycode",
            "The homograph as DNS has it.",
            "https://xn--bc123-def456-ghi789-jkl012-0dh.tokens.sts.global.api.aws",
            UNTRUSTED,
        ),
        rejected(
            "a zero byte and more",
            "Strings that end at a zero byte in another language.",
            &format!("{ISSUER}\u{0}.evil.example"),
            UNTRUSTED,
        ),
        rejected(
            "STS itself",
            "A slip in facts and forums: the service is not the issuer.",
            "https://sts.amazonaws.com",
            NOT_AN_ISSUER,
        ),
        rejected(
            "STS itself, with the slash",
            "The name of AWS's claim, not an issuer.",
            "https://sts.amazonaws.com/",
            NOT_AN_ISSUER,
        ),
        rejected(
            "STS in a region",
            "The endpoint, not the issuer.",
            "https://sts.eu-west-1.amazonaws.com",
            NOT_AN_ISSUER,
        ),
        rejected(
            "a Cognito user pool",
            "Another kind of AWS issuer.",
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc",
            UNTRUSTED,
        ),
        rejected(
            "an EKS cluster",
            "Another kind of AWS issuer.",
            "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
            UNTRUSTED,
        ),
        Case::rejected(
            "a sibling account's issuer",
            "Pinned is one account, not its organization.",
            sibling(),
            UNTRUSTED,
        ),
    ];
    cases.extend(organization_forms());
    cases
}

/// Trust by organization takes any issuer of AWS's form, and of no other form.
fn organization_forms() -> Vec<Case> {
    let from = |issuer: &str| token().claim("iss", json!(issuer));
    let suffix = ".tokens.sts.global.api.aws";
    let forms = [
        ("two labels", format!("https://a.b{suffix}"), UNTRUSTED),
        ("no label", format!("https://{suffix}"), UNTRUSTED),
        ("the suffix alone", "https://tokens.sts.global.api.aws".to_owned(), UNTRUSTED),
        ("a label that begins with a hyphen", format!("https://-a{suffix}"), UNTRUSTED),
        ("a label with an underscore", format!("https://a_b{suffix}"), UNTRUSTED),
        ("a label of 64 letters", format!("https://{}{suffix}", "a".repeat(64)), UNTRUSTED),
        ("a letter that is not ASCII", format!("https://\u{e4}{suffix}"), UNTRUSTED),
        ("the suffix as a path", format!("https://evil.example/{suffix}"), UNTRUSTED),
        ("the suffix as a fragment", format!("https://evil.example#{suffix}"), UNTRUSTED),
        ("the suffix as a query", format!("https://evil.example?{suffix}"), UNTRUSTED),
        ("the suffix after a user name", format!("https://evil.example@a{suffix}"), UNTRUSTED),
        (
            "a host that ends in it without a dot",
            "https://eviltokens.sts.global.api.aws".to_owned(),
            UNTRUSTED,
        ),
        ("a host that goes on after it", format!("https://a{suffix}.evil.example"), UNTRUSTED),
        (
            "a look-alike of the suffix",
            "https://a.tokens.sts.global.api-aws.example".to_owned(),
            UNTRUSTED,
        ),
        ("capitals in the label", format!("https://ABC{suffix}"), SPELLING),
        ("trailing slash", format!("https://abc{suffix}/"), SPELLING),
        ("a port", format!("https://abc{suffix}:8443"), UNTRUSTED),
        ("plain http", format!("http://abc{suffix}"), SPELLING),
        ("a loopback issuer", "http://127.0.0.1:8460/abc".to_owned(), UNTRUSTED),
        ("the metadata service", "http://169.254.169.254/abc".to_owned(), UNTRUSTED),
    ];
    let mut cases: Vec<Case> = forms
        .into_iter()
        .map(|(name, issuer, code)| {
            let why = "Only AWS can serve keys at its own form of issuer, which is what trust by organization rests on.";
            Case::rejected(&format!("organization: {name}"), why, from(&issuer), code)
                .by("organization")
                .keys(keys_for(&issuer))
        })
        .collect();
    let label = "https://a.tokens.sts.global.api.aws";
    cases.push(
        Case::accepted(
            "organization: a label of one letter",
            "The label is a random id; its form is not promised.",
            from(label),
        )
        .by("organization")
        .keys(keys_for(label)),
    );
    let loopback = "http://127.0.0.1:8460/3f2b8d6a";
    let policy = |origin: &str| {
        json!({
            "audience": AUDIENCE, "dangerLoopbackIssuers": [origin],
            "trust": [{ "name": "organization", "organization": ORGANIZATION }],
        })
    };
    cases.push(
        Case::accepted(
            "loopback, allowed in so many words",
            "A local issuer for development.",
            from(loopback),
        )
        .policy(policy("http://127.0.0.1:8460"))
        .keys(keys_for(loopback))
        .rule("organization"),
    );
    for (name, issuer) in [
        ("loopback, another port", "http://127.0.0.1:8461/3f2b8d6a"),
        ("loopback, a longer port", "http://127.0.0.1:84601/3f2b8d6a"),
        ("loopback, another name of it", "http://localhost:8460/3f2b8d6a"),
        ("loopback, two segments", "http://127.0.0.1:8460/a/b"),
        ("loopback, no segment", "http://127.0.0.1:8460"),
    ] {
        cases.push(
            Case::rejected(
                name,
                "The origin is compared exactly, and one label follows it.",
                from(issuer),
                UNTRUSTED,
            )
            .policy(policy("http://127.0.0.1:8460"))
            .keys(keys_for(issuer)),
        );
    }
    cases
}

fn keys_for(issuer: &str) -> Vec<(String, serde_json::Value)> {
    vec![(issuer.to_owned(), key_set(vec![published(ES384, "EC384_0", "ES384")]))]
}
