use super::Config;
use crate::DEFAULT_CONFIG;

const ACCOUNT: &str = "[[accounts]]\nid = \"123456789012\"\n";

fn faults(text: &str) -> Vec<(&'static str, String)> {
    let error = Config::parse(text).unwrap_err();
    let faults = error.faults().iter();
    faults
        .inspect(|fault| assert!(!fault.remedy.is_empty() && fault.fault.ends_with('.'), "{fault}"))
        .map(|fault| (fault.code, fault.path.clone()))
        .collect()
}

fn principal(rest: &str) -> String {
    format!("{ACCOUNT}[[principals]]\naccess_key_id = \"AKIAEXAMPLEALICE0001\"\n{rest}")
}

#[test]
fn the_built_in_configuration_is_useful() {
    let config = Config::built_in().unwrap();
    assert!(config.accounts.len() >= 3 && config.principals.len() >= 7);
    assert!(config.accounts.values().any(|account| account.organization.is_none()));
    assert!(config.principals.values().all(|principal| principal.secret_access_key.is_none()));
    assert!(Config::parse("").is_ok(), "everything may be left out");
}

#[test]
fn every_fault_is_reported_at_its_place() {
    let text = r#"
[[organizations]]
id = "abc"
policy = { max_duration_seconds = 59 }

[[organizations]]
id = "o-abc1234567"

[[organizations]]
id = "o-abc1234567"

[[accounts]]
id = "12345"
organization = "o-none123456"

[[accounts]]
id = "123456789012"
ou_path = "o-abc1234567/r-ab12/"

[[accounts]]
id = "123456789012"
organization = "o-abc1234567"
ou_path = "o-abc1234567/r-ab12"
policy = { max_duration_seconds = 3601 }

[[principals]]
access_key_id = "short"
arn = "arn:aws:iam::123456789012:group/x"

[[principals]]
access_key_id = "AKIAEXAMPLEALICE0001"
arn = "arn:aws:iam::999999999999:user/x"

[[principals]]
access_key_id = "AKIAEXAMPLEALICE0001"
arn = "arn:aws:iam::123456789012:user/x"

[[principals]]
access_key_id = "ASIAEXAMPLEALICE0002"
arn = "arn:aws:iam::123456789012:role/x"
session_expires_at = "tomorrow"

[[principals]]
access_key_id = "ASIAEXAMPLEALICE0003"
arn = "arn:aws:iam::123456789012:role/x"
session_expires_at = "2026-04-21T07:37:10Z"
session_expires_in_seconds = 60
"#;
    let expected = [
        ("config.invalid_organization_id", "organizations[0].id"),
        ("config.invalid_duration", "organizations[0].policy.max_duration_seconds"),
        ("config.duplicate_organization", "organizations[2].id"),
        ("config.invalid_account_id", "accounts[0].id"),
        ("config.unknown_organization", "accounts[0].organization"),
        ("config.ou_path_without_organization", "accounts[1].ou_path"),
        ("config.invalid_duration", "accounts[2].policy.max_duration_seconds"),
        ("config.invalid_ou_path", "accounts[2].ou_path"),
        ("config.duplicate_account", "accounts[2].id"),
        ("config.invalid_access_key", "principals[0].access_key_id"),
        ("config.invalid_arn", "principals[0].arn"),
        ("config.unknown_account", "principals[1].arn"),
        ("config.duplicate_access_key", "principals[2].access_key_id"),
        ("config.invalid_time", "principals[3].session_expires_at"),
        ("config.conflicting_session", "principals[4].session_expires_at"),
    ];
    assert_eq!(faults(text), expected.map(|(code, path)| (code, path.to_owned())));
    let written = Config::parse(text).unwrap_err().to_string();
    assert_eq!(written.lines().count(), 1 + expected.len());
    assert!(
        written.contains("\n- principals[1].arn: There is no account '999999999999' in this file.")
    );
}

#[test]
fn syntax_faults_say_where_but_do_not_quote() {
    let arn = "arn = \"arn:aws:iam::123456789012:user/x\"";
    for (text, place) in [
        (principal(&format!("{arn}\nsecret_acess_key = \"hidden\"")), "line 6, column 1"),
        (principal(&format!("{arn}\nsecret_access_key = \"hidden")), "line 6, column 28"),
        (principal(&format!("{arn}\ncontext = {{ ec2_arn = \"hidden\" }}")), "line 6, column 13"),
        ("[issuer]\nform = \"other\"".to_owned(), "line 2, column 8"),
        ("[issuer]\ncache_max_age_seconds = -1".to_owned(), "line 2, column 25"),
    ] {
        assert_eq!(faults(&text), [("config.syntax", place.to_owned())], "{text}");
        assert!(!Config::parse(&text).unwrap_err().to_string().contains("hidden"));
    }
}

#[test]
fn every_key_of_the_issuer_section_is_shown_with_its_default() {
    let (_, section) = DEFAULT_CONFIG.split_once("[issuer]").unwrap();
    let (section, _) = section.split_once("[[").unwrap();
    let shown: super::file::Settings = toml::from_str(section).unwrap();
    let default = super::file::Settings::default();
    assert_eq!(format!("{shown:?}"), format!("{default:?}"));
    for line in format!("{default:#?}").lines().filter_map(|line| line.trim().split_once(": ")) {
        assert!(section.contains(&format!("\n{} = ", line.0)), "{}", line.0);
    }
}
