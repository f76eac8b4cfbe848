//! What the page writes for others: kept as files in `tests/exports`, run where a shell can run it, compiled
//! where it is Rust. `COUNTERSIGN_WRITE_SNAPSHOTS=1` writes the files again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::{Policy, PolicyDocument, base64url};
use countersign_web::exports::{Export, TokenFacts, export};
use countersign_web::language::Language;
use countersign_web::state::Token;
use serde_json::{Value, json};

/// 2026-01-02T03:04:05Z.
const NOW: u64 = 1_767_323_045;

#[rustfmt::skip]
#[expect(dead_code, reason = "its `main` is not run")]
#[path = "exports/role/authenticate.rs"]
mod role;

#[rustfmt::skip]
#[expect(dead_code, reason = "its `main` is not run")]
#[path = "exports/organization/authenticate.rs"]
mod organization;

#[rustfmt::skip]
#[expect(dead_code, reason = "its `main` is not run")]
#[path = "exports/hostile/authenticate.rs"]
mod hostile;

struct Sample {
    name: &'static str,
    policy: Policy,
    token: Option<TokenFacts>,
}

impl Sample {
    fn text(&self, kind: Export) -> String {
        export(kind, self.policy.document(), self.token.as_ref(), NOW).text
    }

    fn policy(&self) -> &PolicyDocument {
        self.policy.document()
    }
}

fn samples() -> [Sample; 3] {
    let role = json!({
        "audience": "api://AzureADTokenExchange",
        "trust": [{
            "name": "nightly billing",
            "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
            "account": "123456789012",
            "principals": [
                "arn:aws:iam::123456789012:role/billing/Nightly",
                "arn:aws:iam::123456789012:role/billing/Monthly",
            ],
        }],
        "maxLifetimeSeconds": 900,
    });
    let organization = json!({
        "audience": ["https://api.example.com", "https://api.example.org"],
        "trust": [
            {
                "name": "our organization",
                "organization": "o-abc1234567",
                "organizationalUnits": "o-abc1234567/r-ab12/**",
                "principalTags": { "environment": ["production", "staging"] },
            },
            {
                "name": "partner",
                "issuer": "https://e5f6a7b8.tokens.sts.global.api.aws",
                "account": ["210987654321"],
                "principals": "arn:aws:iam::210987654321:role/export/*",
                "requestTags": { "job": "nightly" },
                "sourceRegions": "eu-west-1",
            },
            {
                "issuer": "https://c9d0e1f2.tokens.sts.global.api.aws",
                "account": "345678901234",
                "requestTags": { "job": ["weekly"], "tier": "gold" },
            },
        ],
        "algorithms": "ES384",
        "maxAgeSeconds": 300,
    });
    let hostile = json!({
        "audience": [HOSTILE, "${aws:userid} $${x} %{y}", "^;^a,b"],
        "trust": [{
            "name": "*/ '; DROP USER admin; -- \" $(id) \\ \u{202e}${x}",
            "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
            "principals": "arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name",
            "principalTags": { "__proto__": ["a", HOSTILE], "*/\n'": "\u{202e}" },
        }, {
            "name": "exact",
            "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
            "principals": "arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name",
        }],
        "dangerAcceptAnyLifetime": true,
        "dangerLoopbackIssuers": "http://127.0.0.1:8460",
    });
    [
        sample("role", &role, None),
        sample("organization", &organization, Some(unverified_token())),
        sample("hostile", &hostile, None),
    ]
}

const HOSTILE: &str = "'\" `id` \\ \\' -- # // $(id) END_OF_JSON";

fn sample(name: &'static str, policy: &Value, token: Option<TokenFacts>) -> Sample {
    Sample { name, policy: Policy::from_json(&policy.to_string()).unwrap(), token }
}

fn unverified_token() -> TokenFacts {
    token(&json!({
        "iss": "https://00000000.tokens.sts.global.api.aws",
        "sub": "arn:aws:iam::123456789012:role/example",
        "aud": "https://api.example.com",
        "https://sts.amazonaws.com/": {
            "aws_account": "123456789012",
            "org_id": "o-abc1234567",
            "ou_path": ["o-abc1234567/r-ab12/ou-ab12-11111111/"],
            "principal_tags": { "environment": "staging" },
        },
    }))
    .unwrap()
}

fn token(payload: &Value) -> Option<TokenFacts> {
    let header = r#"{"kid":"EC384_0","typ":"JWT","alg":"ES384"}"#;
    let part = |text: &str| base64url::encode(text.as_bytes());
    let text = format!("{}.{}.AAAA", part(header), part(&payload.to_string()));
    TokenFacts::of(&Token::read(text), false)
}

fn folder(sample: &Sample) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports").join(sample.name)
}

#[test]
fn what_is_written_is_what_is_kept() {
    let write = std::env::var_os("COUNTERSIGN_WRITE_SNAPSHOTS").is_some();
    let mut differing = Vec::new();
    for sample in samples() {
        let mut notes = String::new();
        let mut files = Vec::new();
        for kind in Export::ALL {
            let exported = export(kind, sample.policy(), sample.token.as_ref(), NOW);
            files.push((kind.file_name(), exported.text));
            for language in Language::ALL {
                let name = kind.name().in_language(language);
                writeln!(notes, "## {name}").unwrap();
                for (mark, list) in [("!", &exported.warnings), ("-", &exported.notes)] {
                    for note in list {
                        let source = note.source.map(|url| format!(" <{url}>")).unwrap_or_default();
                        writeln!(notes, "{mark} {}{source}", note.in_language(language)).unwrap();
                    }
                }
                notes.push('\n');
            }
        }
        files.push(("notes.md", notes));
        for (name, text) in files {
            let path = folder(&sample).join(name);
            if write {
                std::fs::create_dir_all(folder(&sample)).unwrap();
                std::fs::write(&path, &text).unwrap();
            } else if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
                differing.push(path);
            }
        }
    }
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn the_rust_program_has_the_same_policy() {
    let [one, two, three] = samples();
    assert_eq!(role::policy(), *one.policy());
    assert_eq!(organization::policy(), *two.policy());
    assert_eq!(hostile::policy(), *three.policy());
}

#[test]
fn the_json_is_the_same_policy() {
    for sample in samples() {
        let read = Policy::from_json(&sample.text(Export::Json)).unwrap();
        assert_eq!(read.document(), sample.policy());
    }
}

/// Runs a script in an empty folder, where programs of these names print their arguments, each on a line.
/// Answers what was printed, and the folder's JSON files in the order of their names.
fn run(script: &str, programs: &[&str], test: &str) -> (Vec<String>, Vec<Value>) {
    let folder =
        std::env::temp_dir().join(format!("countersign-exports-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let stubs: String = programs
        .iter()
        .map(|program| format!("{program}() {{ printf '%s\\n' {program} \"$@\"; }}\n"))
        .collect();
    let variables = "APP_ID=app PROJECT_ID=project POOL_ID=pool SERVICE_PRINCIPAL_ID=7\n";
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("{variables}{stubs}{script}"))
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let documents = files
        .iter()
        .map(|file| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
        .collect();
    std::fs::remove_dir_all(&folder).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    (printed.lines().map(str::to_owned).collect(), documents)
}

#[test]
fn the_command_line_writes_the_same_policy_and_verifies() {
    for sample in samples() {
        let (printed, files) = run(&sample.text(Export::CommandLine), &["countersign"], "cli");
        assert_eq!(printed, ["countersign", "verify", "--policy", "policy.json", "--explain"]);
        let [policy] = files.as_slice() else { panic!("{files:?}") };
        let read = Policy::from_json(&policy.to_string()).unwrap();
        assert_eq!(read.document(), sample.policy());
    }
}

#[test]
fn entra_id_gets_exact_credentials() {
    for sample in samples() {
        let (printed, files) = run(&sample.text(Export::EntraId), &["az"], "entra");
        for (number, credential) in files.iter().enumerate() {
            assert_eq!(credential["audiences"], json!(["api://AzureADTokenExchange"]));
            let subject = credential["subject"].as_str().unwrap();
            assert!(!subject.contains('*') && subject.starts_with("arn:"), "{subject}");
            let name = credential["name"].as_str().unwrap();
            assert!((3..=120).contains(&name.len()));
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
            let file = format!("federated-credential-{}.json", number + 1);
            assert!(printed.contains(&file), "{printed:?}");
        }
        let expected = if sample.name == "role" { 2 } else { 1 };
        assert_eq!(files.len(), expected, "{}", sample.name);
    }
}

#[test]
fn databricks_gets_exact_policies() {
    for sample in samples() {
        let (printed, files) = run(&sample.text(Export::Databricks), &["databricks"], "databricks");
        assert_eq!(printed.iter().filter(|line| *line == "7").count(), files.len());
        for policy in &files {
            assert_eq!(policy["oidc_policy"]["audiences"], json!(sample.policy().audience));
        }
    }
}

#[test]
fn google_cloud_gets_each_argument_as_it_is() {
    let [role, organization, hostile] = samples();
    let (printed, _) = run(&role.text(Export::GoogleCloud), &["gcloud"], "google");
    let expected = "--attribute-condition=assertion.sub in ['arn:aws:iam::123456789012:role/billing/Nightly', \
                    'arn:aws:iam::123456789012:role/billing/Monthly']";
    assert!(printed.iter().any(|line| line == expected), "{printed:#?}");
    assert!(printed.contains(&"--allowed-audiences=api://AzureADTokenExchange".to_owned()));

    let (printed, _) = run(&organization.text(Export::GoogleCloud), &["gcloud"], "google");
    let aws = "assertion['https://sts.amazonaws.com/']";
    let narrowed = format!(
        "--attribute-condition=assertion.sub == 'arn:aws:iam::123456789012:role/example' && \
         {aws}['org_id'] == 'o-abc1234567' && \
         {aws}['principal_tags']['environment'] in ['production', 'staging']"
    );
    let account = format!(
        "--attribute-condition={aws}['aws_account'] == '345678901234' && \
         {aws}['request_tags']['job'] == 'weekly' && {aws}['request_tags']['tier'] == 'gold'"
    );
    assert!(printed.contains(&narrowed), "{printed:#?}");
    assert!(printed.contains(&account), "{printed:#?}");
    assert!(!printed.iter().any(|line| line.contains("export/")), "a pattern: {printed:#?}");

    let (printed, _) = run(&hostile.text(Export::GoogleCloud), &["gcloud"], "google");
    let audiences = hostile.policy().audience.join("|");
    assert!(printed.contains(&format!("--allowed-audiences=^|^{audiences}")), "{printed:#?}");
    let subject =
        r#"assertion.sub == 'arn:aws:iam::123456789012:role/it\'s/`id`/${x}/$(id)/"q\\"/Name'"#;
    assert!(printed.contains(&format!("--attribute-condition={subject}")), "{printed:#?}");
}

#[test]
fn the_iam_policy_limits_what_can_be_asked_for() {
    let [role, organization, hostile] = samples();
    let read = |sample: &Sample| -> Value {
        serde_json::from_str(&sample.text(Export::IamPolicy)).unwrap()
    };
    let conditions = &read(&role)["Statement"][0]["Condition"];
    assert_eq!(
        *conditions,
        json!({
            "ForAllValues:StringEquals": {
                "sts:IdentityTokenAudience": ["api://AzureADTokenExchange"],
            },
            "Null": { "sts:IdentityTokenAudience": "false" },
            "StringEquals": { "sts:SigningAlgorithm": ["ES384", "RS256"] },
            "NumericLessThanEquals": { "sts:DurationSeconds": 900 },
        })
    );
    assert_eq!(read(&role)["Statement"].as_array().unwrap().len(), 1);

    let tags = &read(&organization)["Statement"][1];
    assert_eq!(tags["Action"], "sts:TagGetWebIdentityToken");
    assert_eq!(
        tags["Condition"]["StringEqualsIfExists"],
        json!({ "aws:RequestTag/job": ["nightly", "weekly"], "aws:RequestTag/tier": ["gold"] })
    );
    let audiences = &read(&hostile)["Statement"][0]["Condition"]["ForAllValues:StringEquals"];
    let variable = "${$}{aws:userid} $${$}{x} %{y}";
    assert_eq!(audiences["sts:IdentityTokenAudience"][1], variable, "no policy variable");
}

#[test]
fn a_consumer_is_never_given_more_than_the_policy_trusts() {
    let consumers = [
        Export::EntraId,
        Export::Snowflake,
        Export::Databricks,
        Export::Tailscale,
        Export::Chainguard,
    ];
    let [_, organization, _] = samples();
    let stranger = token(&json!({
        "iss": "https://00000000.tokens.sts.global.api.aws",
        "sub": "arn:aws:iam::123456789012:role/example",
        "aud": "https://api.example.com",
        "https://sts.amazonaws.com/": { "aws_account": "123456789012", "org_id": "o-zzz7654321" },
    }));
    assert!(stranger.is_some());
    for kind in consumers {
        let narrowed = export(kind, organization.policy(), organization.token.as_ref(), NOW);
        assert!(narrowed.text.contains("arn:aws:iam::123456789012:role/example"), "{kind:?}");
        assert!(!narrowed.text.contains("c9d0e1f2.tokens.sts.global.api.aws'"), "{kind:?}");
        assert!(narrowed.text.contains("was NOT verified"), "{kind:?}");
        for token in [None, stranger.as_ref()] {
            let nothing = export(kind, organization.policy(), token, NOW);
            assert_eq!(nothing.text, "", "{kind:?}");
            assert!(nothing.warnings.len() >= 3, "{kind:?}: one for each rule");
        }
    }
}

#[test]
fn consumers_of_rs256_only_warn_where_they_must() {
    let [role, organization, _] = samples();
    for kind in [Export::EntraId, Export::GoogleCloud] {
        let warned = |sample: &Sample, token: Option<&TokenFacts>| {
            let exported = export(kind, sample.policy(), token, NOW);
            exported.warnings.iter().any(|w| w.in_language(Language::English).contains("RS256"))
        };
        assert!(!warned(&role, None), "{kind:?}");
        assert!(warned(&role, organization.token.as_ref()), "{kind:?}: the token is ES384");
        assert!(warned(&organization, organization.token.as_ref()), "{kind:?}");
    }
}

#[test]
fn google_cloud_warns_of_long_subjects() {
    let long = format!("arn:aws:iam::123456789012:role/{}/Name", "a".repeat(100));
    let policy = json!({
        "audience": "a",
        "trust": [{ "issuer": "https://a.tokens.sts.global.api.aws", "principals": long }],
    });
    let sample = sample("long", &policy, None);
    let exported = export(Export::GoogleCloud, sample.policy(), None, NOW);
    let warnings: Vec<String> =
        exported.warnings.iter().map(|w| w.in_language(Language::English)).collect();
    assert!(warnings.iter().any(|warning| warning.contains("127")), "{warnings:?}");
}

#[test]
fn audiences_are_separated_by_what_none_of_them_has() {
    for (audiences, expected) in [
        (json!(["a", "b"]), "a,b"),
        (json!(["a,b", "c|"]), "^;^a,b;c|"),
        (json!(["^x", "y"]), "^|^^x|y"),
        (json!(["a,|;!~#"]), "^\u{100}^a,|;!~#"),
    ] {
        let policy = json!({
            "audience": audiences,
            "trust": [{ "issuer": "https://a.tokens.sts.global.api.aws" }],
        });
        let text = sample("audiences", &policy, None).text(Export::GoogleCloud);
        let (printed, _) = run(&text, &["gcloud"], "audiences");
        assert!(printed.contains(&format!("--allowed-audiences={expected}")), "{printed:#?}");
        assert!(!text.contains("attribute-condition"), "the issuer alone is trusted");
    }
}

#[test]
fn each_note_is_whole_in_both_languages() {
    for sample in samples() {
        for kind in Export::ALL {
            let exported = export(kind, sample.policy(), sample.token.as_ref(), NOW);
            for note in exported.notes.iter().chain(&exported.warnings) {
                let [en, ja] = Language::ALL.map(|language| note.in_language(language));
                assert_ne!(en, ja);
                assert_eq!(en.lines().count(), 1);
                for text in [en, ja] {
                    assert!(!text.contains("{}") && !text.contains("  "), "{text}");
                    assert!(!text.contains("{rule}") && !text.contains("{consumer}"), "{text}");
                    assert!(!text.chars().any(countersign::is_deceptive), "{text}");
                }
            }
        }
    }
}
