//! What the core says in every conformance case, and in what no case reaches.

use std::collections::BTreeMap;

use countersign::keys::{Discovery, KeySetFault, discovery_url};
use countersign::{
    CheckReport, Detail, KeySet, KeySetLimits, KeyStoreSettings, OutcomeName, Policy, Rejection,
    Verifier, check_signature, inspect,
};
use countersign_tests::suite::Suite;

use super::super::{
    discovery_fault, evidence, expected, finding_message, found, key_set_fault, peeled_layer,
    policy_fault, skipped_key,
};
use super::{is_free_of_prose, is_japanese};
use crate::language::Language;

/// What the core said in English, and what became of it in Japanese.
#[derive(Default)]
struct Said(BTreeMap<String, String>);

#[test]
fn nothing_that_the_core_says_in_a_conformance_case_stays_english() {
    let suite = Suite::read().unwrap();
    let mut said = Said::default();
    let mut read = BTreeMap::new();
    for (_, case) in suite.cases() {
        let key_sets: Vec<(String, Result<KeySet, KeySetFault>)> = suite
            .key_sets(case)
            .into_iter()
            .map(|(issuer, text)| {
                let parse = || KeySet::parse(text.as_bytes(), KeySetLimits::default());
                (issuer, read.entry(text.clone()).or_insert_with(parse).clone())
            })
            .collect();
        key_sets.iter().for_each(|(_, keys)| said.keys(keys));
        let token = case.token.as_ref().map(|token| token.build());
        if let Some(token) = &token {
            said.inspection(token);
            if let Err(rejection) = check_signature(token, &KeySet::default()) {
                said.rejection(&rejection);
            }
        }
        match (Policy::from_json(&suite.policy(case)), &token) {
            (Err(faults), _) => {
                for fault in faults.as_slice() {
                    let [english, japanese] =
                        [Language::English, Language::Japanese].map(|l| policy_fault(fault, l));
                    said.note(&english.0, &japanese.0);
                    said.note(&english.1, &japanese.1);
                }
            }
            (Ok(policy), Some(token)) => {
                let mut verifier = Verifier::new(policy, KeyStoreSettings::default()).unwrap();
                said.report(&verifier, token, case.now);
                for (issuer, keys) in key_sets {
                    if let Ok(keys) = keys {
                        verifier.add_static_keys(&issuer, keys);
                    }
                }
                said.report(&verifier, token, case.now);
            }
            _ => {}
        }
    }
    said.assert_translated(600);
}

#[test]
fn nothing_that_the_core_says_of_keys_and_documents_stays_english() {
    let mut said = Said::default();
    let ec = |members: &str| format!(r#"{{"kty":"EC","crv":"P-256","kid":"k",{members}}}"#);
    for text in [
        "".to_owned(),
        "\u{feff}[".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"keys":7}"#.to_owned(),
        r#"{"keys":[7,{},{"kty":"oct"},{"kty":"EC","kid":7},{"kty":"EC","kid":""}]}"#.to_owned(),
        r#"{"kty":"RSA","kid":"k","n":"AA","e":"AQAB"}"#.to_owned(),
        r#"{"kty":"RSA","kid":"k","n":"","e":"AQAB"}"#.to_owned(),
        r#"{"kty":"RSA","kid":"k","n":"AQAB","e":"AQAB"}"#.to_owned(),
        r#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#.to_owned(),
        r#"{"kty":"RSA","kid":"k","d":"AQAB"}"#.to_owned(),
        ec(r#""use":"enc""#),
        ec(r#""key_ops":["sign"]"#),
        ec(r#""key_ops":[7]"#),
        ec(r#""alg":"RS256""#),
        ec(r#""x":"A=","y":"AA""#),
        ec(r#""x":"AA","y":"AA""#),
        "-----BEGIN PUBLIC KEY-----".to_owned(),
        "-----BEGIN X".to_owned(),
        "-----BEGIN EC PRIVATE KEY-----".to_owned(),
        "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----".to_owned(),
        "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----".to_owned(),
        "-----BEGIN PUBLIC KEY-----\n?\n-----END PUBLIC KEY-----".to_owned(),
        "-----BEGIN PUBLIC KEY-----\nAA==\n-----END RSA PUBLIC KEY-----".to_owned(),
        "-----BEGIN RSA PUBLIC KEY-----\nAA==\n-----END RSA PUBLIC KEY-----".to_owned(),
        "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n".repeat(2),
        "-----BEGIN DH PARAMETERS-----\nAA==\n-----END DH PARAMETERS-----".to_owned(),
    ] {
        for key_id in [None, Some("k")] {
            said.keys(&KeySet::read_pasted(&text, key_id, KeySetLimits::default()));
        }
    }
    let limits = KeySetLimits::default();
    said.keys(&KeySet::parse(b"\xff", limits));
    said.keys(&KeySet::parse(b"{}", KeySetLimits { max_bytes: 1, ..limits }));
    said.keys(&KeySet::parse(br#"{"keys":[1]}"#, KeySetLimits { max_keys: 0, ..limits }));
    said.documents();
    said.assert_translated(60);
}

impl Said {
    fn report(&mut self, verifier: &Verifier, token: &str, now: u64) {
        let judgement = verifier.judge(token, now, Detail::Report);
        let report = judgement.report();
        report.checks.iter().for_each(|check| self.check(check));
        if let Some(rejection) = &report.rejection {
            self.rejection(rejection);
        }
    }

    fn check(&mut self, report: &CheckReport) {
        let ja = Language::Japanese;
        let (check, code) = (report.check, report.code);
        if let Some(text) = &report.expected {
            self.note(text, &expected(check, text, ja));
        }
        if let Some(text) = &report.found {
            self.note(text, &found(check, code, text, ja));
        }
        if let (OutcomeName::Skipped, Some(reason)) = (report.outcome, report.reason) {
            self.note(reason, &evidence(reason, ja));
        }
    }

    fn rejection(&mut self, rejection: &Rejection) {
        let Rejection { code, check, expected: wanted, found: text, .. } = rejection;
        self.note(wanted, &expected(*check, wanted, Language::Japanese));
        self.note(text, &found(*check, Some(*code), text, Language::Japanese));
    }

    fn inspection(&mut self, token: &str) {
        let wrapped = format!("export A=\"Authorization: Bearer {token}\"\n");
        for text in [token, &wrapped] {
            let shown = inspect(text);
            for finding in &shown.findings {
                self.note(&finding.message, &finding_message(finding, Language::Japanese));
            }
            for layer in shown.peeled {
                self.note(layer, peeled_layer(layer, Language::Japanese));
            }
        }
    }

    fn keys(&mut self, keys: &Result<KeySet, KeySetFault>) {
        let both = [Language::English, Language::Japanese];
        let spoken = match keys {
            Err(fault) => vec![both.map(|language| key_set_fault(fault, language))],
            Ok(keys) => {
                let skipped = keys.skipped().iter();
                skipped.map(|key| both.map(|language| skipped_key(key, language))).collect()
            }
        };
        for [english, japanese] in spoken {
            self.note(&english.0, &japanese.0);
            self.note(&english.1, &japanese.1);
        }
    }

    fn documents(&mut self) {
        const ISSUER: &str = "https://a.tokens.sts.global.api.aws";
        let of = |jwks_uri: &str| format!(r#"{{"issuer":"{ISSUER}","jwks_uri":{jwks_uri}}}"#);
        let documents = [
            "[".to_owned(),
            "[]".to_owned(),
            "{}".to_owned(),
            r#"{"issuer":"x"}"#.to_owned(),
            r#"{"issuer":7}"#.to_owned(),
            format!(r#"{{"issuer":"{ISSUER}"}}"#),
            of("7"),
            of(r#""x""#),
            of(r#""https://b/k""#),
            of(r#""https://u@b/k""#),
            " ".repeat(70_000),
        ];
        for document in documents {
            let fault = Discovery::parse(document.as_bytes(), ISSUER).unwrap_err();
            let [english, japanese] =
                [Language::English, Language::Japanese].map(|l| discovery_fault(&fault, l));
            self.note(&english.0, &japanese.0);
            self.note(&english.1, &japanese.1);
            // As a key that could not be fetched is refused.
            let fetched = format!("{ISSUER}/.well-known/openid-configuration: {fault}");
            self.note(&fetched, &evidence(&fetched, Language::Japanese));
            let cut: String = fetched.chars().take(200).chain(['…']).collect();
            if fetched.len() > cut.len() {
                self.note(&cut, &evidence(&cut, Language::Japanese));
            }
        }
        for url in ["", "https://a/?b", "http://a", "https://a b", "https://a#b", "ftp://a"] {
            let why = discovery_url(url).unwrap_err();
            let text = format!("the issuer is not a URL to fetch keys from: {why}");
            self.note(&text, &evidence(&text, Language::Japanese));
        }
    }

    fn note(&mut self, english: &str, japanese: &str) {
        self.0.insert(english.to_owned(), japanese.to_owned());
    }

    /// Each text has become Japanese, or is nothing but data; and no prose is left in it.
    fn assert_translated(&self, least: usize) {
        let untranslated: Vec<String> = self
            .0
            .iter()
            .filter(|(english, japanese)| {
                let is_translated = is_japanese(japanese) || is_free_of_prose(english);
                !is_translated || !is_free_of_prose(japanese)
            })
            .map(|(english, japanese)| {
                let start = |text: &str| text.chars().take(300).collect::<String>();
                format!("{}\n    {}", start(english), start(japanese))
            })
            .collect();
        let count = self.0.len();
        assert!(
            untranslated.is_empty(),
            "{} of {count}:\n{}",
            untranslated.len(),
            untranslated.join("\n")
        );
        assert!(count >= least, "only {count}");
    }
}
