//! Standard input and output as programs use them.
#![expect(clippy::unwrap_used, reason = "what a test cannot do makes it fail")]

mod program;

use std::fs;
use std::io::{self, Write};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

macro_rules! fixture {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/", $name)
    };
}

const VERIFY: [&str; 7] = [
    "verify",
    "--policy",
    fixture!("policy.json"),
    "--jwks",
    fixture!("jwks.json"),
    "--at",
    "2026-01-01T00:01:00Z",
];

fn start(arguments: &[&str]) -> Child {
    Command::new(program::path())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs the program with this standard input.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program may end before it has read all of its input.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_token_is_read_from_standard_input() {
    let token = fs::read(fixture!("token.jwt")).unwrap();
    assert!(token.ends_with(b"\n"), "as `echo` and `aws --output text` write it");
    let dash = [&VERIFY[..], &["-"]].concat();
    for arguments in [&VERIFY[..], &dash] {
        let output = run(arguments, &token);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(text(&output.stdout).starts_with("✓ accepted: rule \"billing batch\" is met\n"));
        assert_eq!(text(&output.stderr), "");
    }
    let inspected = run(&["inspect"], &token);
    assert_eq!(inspected.status.code(), Some(0));
    let notice = "Nothing was verified: anyone can write a token that says this.";
    let lines: Vec<&str> = text(&inspected.stdout).lines().collect();
    assert_eq!((lines.first(), lines.last()), (Some(&notice), Some(&notice)));
}

#[test]
fn whatever_is_piped_in_gets_an_answer() {
    for (input, code) in [
        (&b""[..], "token.empty"),
        (b"\xff\xfe.\x00.\x80", "token.base64url"),
        (&[b'a'; 100_000], "token.too_large"),
        (&[b'.'; 30_000], "token.segments"),
    ] {
        let output = run(&VERIFY, input);
        assert_eq!(output.status.code(), Some(1), "{code}");
        assert!(text(&output.stdout).starts_with(&format!("✗ rejected: {code}\n")), "{code}");
        assert_eq!(run(&["inspect"], input).status.code(), Some(0), "{code}");
    }
    let endless = vec![b'a'; 5 * 1024 * 1024];
    let output = run(&["inspect"], &endless);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("Standard input has more than 4194304 bytes."));
}

#[test]
fn nothing_that_a_token_says_acts_on_a_terminal() {
    for command in ["inspect", "verify"] {
        let hostile = concat!("@", fixture!("token-hostile.jwt"));
        let arguments: &[&str] = if command == "verify" {
            &[&VERIFY[..], &["--explain"]].concat()
        } else {
            &["inspect"]
        };
        let output = run(&[arguments, &[hostile]].concat(), b"");
        let shown = text(&output.stdout);
        assert!(shown.contains(r"\u{202e}"), "{shown}");
        assert!(shown.contains(r"\u{9b}2J"), "{shown}");
        let acting = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!shown.contains(acting), "{shown:?}");
    }
}

#[test]
fn a_rejection_holds_no_part_of_the_signature() {
    for name in ["token-changed.jwt", "token-duplicate.jwt", "token-hostile.jwt"] {
        let path = format!("{}/{name}", fixture!("."));
        let token = fs::read_to_string(&path).unwrap();
        let signature = token.trim().rsplit('.').next().unwrap().to_owned();
        for form in ["--json", "--explain"] {
            let output = run(&[&VERIFY[..], &[form, &format!("@{path}")]].concat(), b"");
            assert_eq!(output.status.code(), Some(1), "{name}");
            let said = [text(&output.stdout), text(&output.stderr)].concat();
            for start in (0..signature.len() - 8).step_by(4) {
                assert!(!said.contains(&signature[start..start + 8]), "{name}: {said}");
            }
        }
    }
}

#[test]
fn output_has_no_colours_where_nobody_looks() {
    let colourful = [&["codes"][..], &["inspect", "x"], &["--help"], &["verify"]];
    for arguments in colourful {
        let output = run(arguments, b"");
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for arguments in
        [&["codes"][..], &["policy", "schema"], &["issuer", "--print-config"], &["--help"]]
    {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let program =
            Command::new(program::path()).args(arguments).stdout(writer).output().unwrap();
        assert_eq!(text(&program.stderr), "", "{arguments:?}");
        assert_eq!(program.status.code(), Some(0), "{arguments:?}");
    }
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let rejected = Command::new(program::path())
        .args([&VERIFY[..], &["x"]].concat())
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(rejected.status.code(), Some(1), "the verdict is told all the same");
}

#[test]
fn json_is_json() {
    let codes: serde_json::Value =
        serde_json::from_slice(&run(&["codes", "--json"], b"").stdout).unwrap();
    let listed: Vec<&str> =
        codes["token"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    let all: Vec<&str> = countersign::Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(listed, all);
    for group in ["token", "policy", "discovery", "keySet", "key"] {
        for entry in codes[group].as_array().unwrap() {
            assert!(entry["status"].is_u64() && entry["retryable"].is_boolean(), "{entry}");
            assert!(entry["fault"].is_string() && entry["remedy"].is_string(), "{entry}");
        }
    }
    let schema: serde_json::Value =
        serde_json::from_slice(&run(&["policy", "schema"], b"").stdout).unwrap();
    assert!(schema["properties"]["trust"].is_object());
}

#[test]
fn every_shell_is_completed_and_every_command_has_a_page() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell], b"");
        assert!(text(&output.stdout).contains("inspect"), "{shell}");
    }
    for words in
        ["", "inspect", "verify", "policy", "policy check", "policy schema", "issuer", "codes"]
    {
        let arguments: Vec<&str> = ["man"].into_iter().chain(words.split_whitespace()).collect();
        let page = run(&arguments, b"");
        assert_eq!(page.status.code(), Some(0), "{words}");
        for section in [".TH countersign", ".SH NAME", ".SH SYNOPSIS", ".SH \"EXIT STATUS\""] {
            assert!(text(&page.stdout).contains(section), "{words}: {section}");
        }
    }
}

#[test]
fn the_built_in_configuration_is_printed_as_it_is() {
    let output = run(&["issuer", "--print-config"], b"");
    assert_eq!(text(&output.stdout), countersign_issuer::DEFAULT_CONFIG);
}
