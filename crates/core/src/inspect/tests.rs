use super::{FindingCode, NOTICE, inspect};
use crate::base64url::encode;

fn codes(text: &str) -> Vec<String> {
    inspect(text).findings.iter().map(|f| f.code.as_str().to_owned()).collect()
}

const SOUND: &str = r#"{"iss":"https://a.tokens.sts.global.api.aws","aud":"x","sub":"arn:aws:iam::123456789012:role/R","iat":1700000000,"exp":1700000300,"jti":"1","https://sts.amazonaws.com/":{"aws_account":"123456789012","original_session_exp":"2030-01-01T00:00:00Z","request_tags":{"a":"b"}}}"#;

#[test]
fn a_sound_token_is_shown_whole_and_not_believed() {
    let header = r#"{"kid":"EC384_0","typ":"JWT","alg":"ES384"}"#;
    let payload = r#"{"iss":"https://a.tokens.sts.global.api.aws","aud":"x","sub":"arn:aws:iam::123456789012:role/R","iat":1700000000,"exp":1700000300,"jti":"1","https://sts.amazonaws.com/":{"aws_account":"123456789012","request_tags":{"a":"b"},"new_member":1.50}}"#;
    let token = [header, payload, "sig"].map(|part| encode(part.as_bytes())).join(".");
    let shown = inspect(&token);
    assert!(!shown.verified);
    assert_eq!(shown.notice, NOTICE);
    assert_eq!(shown.parts[1].text.as_deref(), Some(payload));
    assert_eq!(shown.principal.as_ref().unwrap().name, "R");
    let unknown = shown.payload.iter().find(|m| m.name == "new_member").unwrap();
    assert_eq!(unknown.value, "1.50", "numbers are never altered");
    assert_eq!(unknown.meaning, None);
    let codes: Vec<_> = shown.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, [FindingCode::UnknownMember]);
}

#[test]
fn broken_tokens_are_read_as_far_as_they_go() {
    assert_eq!(codes(""), ["token.empty"]);
    assert_eq!(codes("hello"), ["token.segments", "token.base64url"]);
    assert_eq!(codes("hell"), ["token.segments", "token.utf8"]);
    assert_eq!(codes("{\"payload\":\"e30.e30.e30\"}"), ["token.json_serialization"]);
    let e = encode(br#"{"alg":"none","kid":"a","typ":"JWT"}"#);
    let shown = inspect(&format!("{e}=.{e}"));
    assert_eq!(shown.header.len(), 3, "padding does not hide the header");
    let twice = encode(br#"{"a":1,"a":2}"#);
    let shown = inspect(&format!("{e}.{twice}.AA"));
    assert_eq!(shown.payload.len(), 2, "both are shown");
    assert_eq!(shown.findings[1].code.as_str(), "token.duplicate_member");
}

/// The code of each finding, the text at its place in the token, and in the decoded part.
fn places(token: &str) -> Vec<(&'static str, Option<String>, Option<String>)> {
    let shown = inspect(token);
    let found = shown.findings.iter().map(|finding| {
        let place = finding.place;
        let raw = place.map(|place| token[place.start..place.end].to_owned());
        let decoded = place.and_then(|place| {
            let part = shown.parts.iter().find(|part| part.name == place.part)?;
            Some(part.text.as_ref()?[place.decoded?.range()].to_owned())
        });
        (finding.code.as_str(), raw, decoded)
    });
    found.collect()
}

fn decoded_places(header: &str, payload: &str) -> Vec<(&'static str, Option<String>)> {
    let token = [header.as_bytes(), payload.as_bytes(), b"sig"].map(encode).join(".");
    let places = places(&token).into_iter();
    places.map(|(code, _, decoded)| (code, decoded)).collect()
}

const HEADER: &str = r#"{"kid":"k","typ":"JWT","alg":"ES384"}"#;

#[test]
fn faults_of_form_have_their_place_in_the_token() {
    let h = encode(HEADER.as_bytes());
    let p = encode(SOUND.as_bytes());
    let raw = |token: &str| -> Vec<(&'static str, String)> {
        places(token).into_iter().map(|(code, raw, _)| (code, raw.unwrap())).collect()
    };
    for (token, code, text) in [
        (format!("{h}.{p}=.AA"), "token.base64url", "="),
        (format!("{h}.{}\u{200b}{}.AA", &p[..8], &p[8..]), "token.base64url", "\u{200b}"),
        (format!("{h}.{p}.AB"), "token.non_canonical", "B"),
        (format!("{h}.{p}.AA=="), "token.base64url", "=="),
        (format!("{h}.{p}.A"), "token.base64url", "A"),
        (format!("{h}.{p}"), "token.segments", ""),
        (format!("{h}.{p}.AA.BB"), "token.segments", ".BB"),
        (format!("{h}.{p}.AA.BB.CC"), "token.encrypted", ".BB.CC"),
        (format!("{h}..AA"), "token.segments", ""),
        (format!("{h}.{}.AA", encode(b"[1]")), "token.not_an_object", "WzFd"),
        (format!("{h}.{}.AA", encode(b"abc\xffde")), "token.utf8", "_2"),
        (format!("{h}.{p}."), "inspect.no_signature", ""),
    ] {
        assert_eq!(raw(&token), [(code, text.to_owned())], "{token}");
    }
    let empty_payload = inspect(&format!("{h}..AA")).findings[0].place.unwrap();
    assert_eq!((empty_payload.part, empty_payload.start), ("payload", h.len() + 1));
}

#[test]
fn faults_within_json_have_their_place_in_the_decoded_text() {
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(decoded_places(HEADER, SOUND), []);
    let payload = SOUND.replace("\"jti\"", "\"exp\":\"\\\"\",\"e\\u0078p\":1,\"jti\"");
    assert_eq!(
        decoded_places(HEADER, &payload),
        [
            ("token.duplicate_member", some("\"exp\"")),
            ("token.duplicate_member", some("\"e\\u0078p\"")),
        ]
    );
    let deep = format!("{}1{}", "{\"a\":".repeat(17), "}".repeat(17));
    let depth = decoded_places(&deep, SOUND);
    assert_eq!(depth[0], ("token.too_deep", some("{")));
    let place = inspect(&format!("{}.e30.AA", encode(deep.as_bytes()))).findings[0].place.unwrap();
    assert_eq!(place.decoded.unwrap().start, 16 * 5);
    for (payload, code, text) in [
        ("{\"a\":é}".to_owned(), "token.json", some("é")),
        ("{\"a\":\"\\ud800é\"}".to_owned(), "token.json", some("\\ud800")),
        ("{\"a\":1".to_owned(), "token.json", some("")),
        ("\u{feff}{}".to_owned(), "token.json", some("\u{feff}")),
        (SOUND.replace("1700000300", "1700000300000"), "time.milliseconds", some("1700000300000")),
        (SOUND.replace("\"1\"", "[7]"), "claim.type", some("[7]")),
        (SOUND.replace("\"1\"", "\"\""), "claim.type", some("\"\"")),
        (SOUND.replace("\"x\"", "[\"x\",7]"), "claim.type", some("7")),
        (SOUND.replace(",\"jti\":\"1\"", ""), "claim.missing", None),
        (SOUND.replace("{\"a\":\"b\"}", "{\"a\":9}"), "claim.type", some("9")),
        (
            SOUND.replace("\"123456789012\"", "\"210987654321\""),
            "account.disagreement",
            some("\"210987654321\""),
        ),
        (SOUND.replace("2030", "2010"), "inspect.outlives_session", some("1700000300")),
        (
            SOUND.replace("\"jti\"", "\"n\": 1.0,\"jti\""),
            "inspect.unknown_member",
            some("\"n\": 1.0"),
        ),
        (
            SOUND.replace("\"request_tags\"", "\"é\":{},\"request_tags\""),
            "inspect.unknown_member",
            some("\"é\":{}"),
        ),
        (
            SOUND.replace("https://a.tokens.sts.global.api.aws", "https://sts.amazonaws.com"),
            "issuer.not_a_token_issuer",
            some("\"https://sts.amazonaws.com\""),
        ),
        (
            SOUND.replace("role/R", "group/R"),
            "subject.not_principal",
            some("\"arn:aws:iam::123456789012:group/R\""),
        ),
    ] {
        assert_eq!(decoded_places(HEADER, &payload), [(code, text)], "{payload}");
    }
}

#[test]
fn headers_that_no_verifier_takes_have_their_place() {
    for (member, replaced, code, text) in [
        ("\"ES384\"", "\"none\"", "algorithm.none", Some("\"none\"")),
        ("\"ES384\"", "\"HS256\"", "algorithm.hmac", Some("\"HS256\"")),
        ("\"JWT\"", "\"at+jwt\"", "header.type", Some("\"at+jwt\"")),
        ("\"k\"", "7", "header.key_id", Some("7")),
        ("\"kid\":\"k\",", "", "header.key_id", None),
        ("\"kid\"", "\"crit\":[1],\"kid\"", "header.critical", Some("[1]")),
        ("\"kid\"", "\"b64\":false,\"kid\"", "header.payload_encoding", Some("false")),
        ("\"kid\"", "\"jku\":\"u\",\"kid\"", "inspect.embedded_key", Some("\"jku\":\"u\"")),
        ("\"kid\"", "\"x\":1,\"kid\"", "inspect.unknown_member", Some("\"x\":1")),
    ] {
        let found = decoded_places(&HEADER.replace(member, replaced), SOUND);
        assert_eq!(found, [(code, text.map(str::to_owned))]);
    }
}

#[test]
fn members_have_their_place() {
    let token = [HEADER.as_bytes(), SOUND.as_bytes(), b"sig"].map(encode).join(".");
    let shown = inspect(&token);
    for (members, part) in [(&shown.header, &shown.parts[0]), (&shown.payload, &shown.parts[1])] {
        for member in members {
            let text = part.text.as_ref().unwrap();
            let whole = &text[member.place.decoded.unwrap().range()];
            assert_eq!(whole, format!("\"{}\":{}", member.name, member.value));
            assert_eq!(text[member.value_span.range()], member.value);
            assert_eq!(member.place.part, part.name);
            let (start, end) = (member.place.start, member.place.end);
            assert!(part.start <= start && end <= part.start + part.length, "{whole}");
        }
    }
}

#[test]
fn a_fault_of_many_is_listed_a_hundred_times() {
    let members: Vec<String> = (0..10_000).map(|n| format!("\"m{n}\":{n}")).collect();
    let payload = SOUND.replacen('{', &format!("{{{},", members.join(",")), 1);
    let token = [HEADER.as_bytes(), payload.as_bytes(), b"sig"].map(encode).join(".");
    let shown = inspect(&token);
    assert_eq!(shown.payload.len(), 10_000 + 10);
    assert_eq!(shown.findings.len(), 1 + 100 + 1);
    let more = shown.findings.last().unwrap();
    assert_eq!(more.message, "There are 9900 more findings, which are not listed.");
}

/// What cannot be a token costs next to nothing, whatever it consists of.
#[test]
fn long_texts_are_measured_and_not_decoded() {
    assert_eq!(codes(&"a".repeat(1 << 20)), ["token.too_large", "inspect.too_long"]);
    let large = format!("{}.{}.AA", encode(HEADER.as_bytes()), "A".repeat(200_000));
    assert_eq!(inspect(&large).parts.len(), 3);
    let nested = "<WebIdentityToken>".repeat(60_000) + &"</WebIdentityToken>".repeat(60_000);
    for hostile in ["\"".repeat(1 << 20), "a=".repeat(1 << 19), nested, ". ".repeat(1 << 19)] {
        let begun = std::time::Instant::now();
        let _ = inspect(&hostile);
        // Without a bound on layers it would be minutes.
        assert!(begun.elapsed().as_secs() < 5, "{hostile:.20}");
    }
}

#[test]
fn what_people_paste_around_a_token_is_peeled() {
    let e = encode(b"{}");
    let token = format!("{e}.{e}.AA");
    for text in [
        format!("Bearer {token}"),
        format!("Authorization: Bearer {token}\n"),
        format!("export TOKEN=\"{token}\""),
        format!("{{\"WebIdentityToken\": \"{token}\", \"Expiration\": \"x\"}}"),
        format!("<r><WebIdentityToken>{token}</WebIdentityToken></r>"),
        format!("'{}\n{}'", &token[..3], &token[3..]),
    ] {
        let shown = inspect(&text);
        assert!(!shown.peeled.is_empty(), "{text}");
        assert_eq!(shown.parts.len(), 3, "{text}");
        assert_eq!(shown.parts[0].text.as_deref(), Some("{}"), "{text}");
    }
}
