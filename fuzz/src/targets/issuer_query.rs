//! A request of AWS's query API to the local issuer: the first line is the URL's query, the rest the body.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng as _;
use countersign::base64url;
use countersign_issuer::{Config, Issuer, Peer, Request, Timestamp};
use serde_json::{Value, json};

use crate::shared::text;

const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 \
    Credential=AKIAEXAMPLEALICE0001/20260421/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date, \
    Signature=0000000000000000000000000000000000000000000000000000000000000000";

thread_local! {
    /// One for all runs: none of the requests changes more than which keys were made.
    static ISSUER: RefCell<Issuer> = RefCell::new({
        let config = Config::built_in().unwrap();
        Issuer::new(config, "http://127.0.0.1:8080", &mut ChaCha20Rng::from_seed([7; 32]))
    });
}

/// Runs the target.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let request = Request {
        method: "POST".into(),
        path: "/".into(),
        query: text(&data[..end]).into(),
        headers: vec![
            ("Host".into(), "127.0.0.1:8080".into()),
            ("Authorization".into(), AUTHORIZATION.into()),
        ],
        body: data.get(end + 1..).unwrap_or_default().to_vec(),
        peer: Peer::Remote,
    };
    let pairs = pairs(&request);
    if value(&pairs, "SigningAlgorithm") == Some("RS256") {
        // Its key takes longer to make than thousands of runs, and the parameters are read alike.
        return;
    }
    let now = Timestamp::from_unix_seconds(1_776_757_030);
    let mut entropy = ChaCha20Rng::from_seed([9; 32]);
    let response = ISSUER.with_borrow_mut(|issuer| issuer.respond(&request, now, &mut entropy));
    assert!(matches!(response.status, 200 | 400 | 403), "{}", response.status);
    let answer = String::from_utf8(response.body).unwrap();
    let texts = xml_texts(&answer);
    assert!(texts.contains_key("RequestId"), "{answer}");
    assert_eq!(response.status == 200, !texts.contains_key("Code"), "{answer}");
    if let Some(token) = texts.get("WebIdentityToken") {
        assert_asked_for(token, &pairs);
    }
}

/// The token says what was asked for, as another reader of the parameters understands it.
fn assert_asked_for(token: &str, pairs: &[(String, String)]) {
    let payload = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&base64url::decode(payload).unwrap()).unwrap();
    let duration = value(pairs, "DurationSeconds").map_or(300, |text| text.parse().unwrap());
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), duration);
    let audience: Vec<&str> = numbered(pairs, "Audience", "").into_iter().map(|(_, v)| v).collect();
    match audience.as_slice() {
        [one] => assert_eq!(claims["aud"], *one),
        several => assert_eq!(claims["aud"], json!(several)),
    }
    let mut tags = BTreeMap::new();
    let values = numbered(pairs, "Tags", ".Value");
    for (number, key) in numbered(pairs, "Tags", ".Key") {
        let value = values.iter().find(|(other, _)| *other == number).unwrap().1;
        // Of several keys with one number the first counts.
        tags.entry(number).or_insert((key, value));
    }
    let tags: BTreeMap<&str, &str> = tags.into_values().collect();
    let claimed = &claims["https://sts.amazonaws.com/"]["request_tags"];
    assert_eq!(claimed.as_object().map_or(0, serde_json::Map::len), tags.len(), "{claims}");
    tags.iter().for_each(|(key, value)| assert_eq!(claimed[key], *value));
}

fn pairs(request: &Request) -> Vec<(String, String)> {
    let query = form_urlencoded::parse(request.query.as_bytes()).into_owned();
    query.chain(form_urlencoded::parse(&request.body).into_owned()).collect()
}

fn value<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// The values of `<name>.member.<number><rest>`, in the order of their numbers.
fn numbered<'p>(pairs: &'p [(String, String)], name: &str, rest: &str) -> Vec<(u32, &'p str)> {
    let mut found: Vec<(u32, &str)> = pairs
        .iter()
        .filter_map(|(key, value)| {
            let number = key.strip_prefix(name)?.strip_prefix(".member.")?.strip_suffix(rest)?;
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some((number.parse().ok()?, value.as_str()))
        })
        .collect();
    found.sort_by_key(|(number, _)| *number);
    found
}

/// The texts of an XML document by the names of their elements. It must be well-formed (XML 1.0, section
/// 2.1), of elements, attributes in the first, and the entities that everyone knows.
pub(crate) fn xml_texts(document: &str) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = document;
    while let Some((before, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').expect("an end of the tag");
        match tag.strip_prefix('/') {
            Some(name) => {
                assert_eq!(open.pop(), Some(name), "{document}");
                texts.entry(name.to_owned()).or_insert_with(|| unescaped(before));
            }
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{document}");
    texts
}

fn unescaped(text: &str) -> String {
    let is_character = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_character), "{text:?}");
    let mut pieces = text.split('&');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (entity, after) = piece.split_once(';').expect("an end of the entity");
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#xD" => '\r',
            other => panic!("&{other};"),
        });
        plain.push_str(after);
    }
    plain
}
