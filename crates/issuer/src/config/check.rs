//! From the file's shape to a checked configuration, collecting every fault.

use std::collections::BTreeMap;

use super::fault::{ConfigError, ConfigFault};
use super::file::{AccountEntry, File, OrganizationPolicy, PrincipalEntry, Settings};
use super::model::{Account, Config, Principal, Session};
use crate::arn::{PrincipalArn, PrincipalKind, is_account_id};
use crate::keys::Algorithm;
use crate::time::Timestamp;

/// How long a role's session has left when the file does not say.
const ROLE_SESSION_SECONDS: u32 = 3600;

pub(super) fn check(file: File) -> Result<Config, ConfigError> {
    let mut faults = Faults::default();
    let settings = faults.settings(file.issuer);

    let mut organizations = BTreeMap::new();
    for (index, entry) in file.organizations.into_iter().enumerate() {
        let path = format!("organizations[{index}]");
        faults.check_organization_id(&path, &entry.id);
        faults.check_policy(&path, &entry.policy);
        if organizations.insert(entry.id.clone(), entry.policy).is_some() {
            faults.duplicate(format!("{path}.id"), "config.duplicate_organization", &entry.id);
        }
    }

    let mut accounts = BTreeMap::new();
    for (index, entry) in file.accounts.into_iter().enumerate() {
        let path = format!("accounts[{index}]");
        faults.check_account(&path, &entry, &organizations);
        let AccountEntry { id, organization, ou_path, federation, omit_aws_claim, policy } = entry;
        let account = Account { organization, ou_path, federation, omit_aws_claim, policy };
        if accounts.insert(id.clone(), account).is_some() {
            faults.duplicate(format!("{path}.id"), "config.duplicate_account", &id);
        }
    }

    let mut principals = BTreeMap::new();
    for (index, entry) in file.principals.into_iter().enumerate() {
        let path = format!("principals[{index}]");
        let access_key_id = entry.access_key_id.clone();
        faults.check_access_key_id(&path, &access_key_id);
        let Some(principal) = faults.principal(&path, entry, &accounts) else { continue };
        if principals.insert(access_key_id.clone(), principal).is_some() {
            faults.duplicate(
                format!("{path}.access_key_id"),
                "config.duplicate_access_key",
                &access_key_id,
            );
        }
    }

    if faults.0.is_empty() {
        Ok(Config { settings, organizations, accounts, principals })
    } else {
        Err(ConfigError::new(faults.0))
    }
}

/// A principal that is described outside of a file, checked as if it were in it.
pub(super) fn check_principal(
    path: &str,
    entry: PrincipalEntry,
    accounts: &BTreeMap<String, Account>,
) -> Result<Principal, ConfigError> {
    let mut faults = Faults::default();
    match faults.principal(path, entry, accounts) {
        Some(principal) if faults.0.is_empty() => Ok(principal),
        _ => Err(ConfigError::new(faults.0)),
    }
}

#[derive(Default)]
struct Faults(Vec<ConfigFault>);

impl Faults {
    fn add(&mut self, path: String, code: &'static str, fault: String, remedy: &str) {
        self.0.push(ConfigFault { code, path, fault, remedy: remedy.to_owned() });
    }

    fn duplicate(&mut self, path: String, code: &'static str, id: &str) {
        self.add(path, code, format!("'{id}' is listed twice."), "Remove or rename one of them.");
    }

    fn settings(&mut self, mut settings: Settings) -> Settings {
        if settings.algorithms.is_empty() {
            self.add(
                "issuer.algorithms".into(),
                "config.no_algorithm",
                "STS signs with no algorithm.".into(),
                "List 'ES384', 'RS256' or both.",
            );
        }
        let listed = std::mem::take(&mut settings.algorithms);
        settings.algorithms = Algorithm::ALL.into_iter().filter(|a| listed.contains(a)).collect();
        settings
    }

    fn check_organization_id(&mut self, path: &str, id: &str) {
        let well_formed = id.strip_prefix("o-").is_some_and(|rest| {
            (10..=32).contains(&rest.len())
                && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        if !well_formed {
            self.add(
                format!("{path}.id"),
                "config.invalid_organization_id",
                format!("'{id}' is not an organization id."),
                "Write 'o-' and 10 to 32 lower-case letters or digits, such as 'o-abc1234567'.",
            );
        }
    }

    fn check_policy(&mut self, path: &str, policy: &OrganizationPolicy) {
        if policy.max_duration_seconds.is_some_and(|seconds| !(60..=3600).contains(&seconds)) {
            self.add(
                format!("{path}.policy.max_duration_seconds"),
                "config.invalid_duration",
                "The longest lifetime is not one that STS grants.".into(),
                "Write a number of seconds from 60 to 3600.",
            );
        }
    }

    fn check_account(
        &mut self,
        path: &str,
        entry: &AccountEntry,
        organizations: &BTreeMap<String, OrganizationPolicy>,
    ) {
        if !is_account_id(&entry.id) {
            self.add(
                format!("{path}.id"),
                "config.invalid_account_id",
                format!("'{}' is not an account number.", entry.id),
                "Write twelve digits, in quotes.",
            );
        }
        self.check_policy(path, &entry.policy);
        if let Some(id) = &entry.organization
            && !organizations.contains_key(id)
        {
            self.add(
                format!("{path}.organization"),
                "config.unknown_organization",
                format!("There is no organization '{id}' in this file."),
                "Add it under [[organizations]], or leave 'organization' out.",
            );
        }
        let Some(ou_path) = &entry.ou_path else { return };
        let Some(organization) = &entry.organization else {
            self.add(
                format!("{path}.ou_path"),
                "config.ou_path_without_organization",
                "Only an account in an organization has an OU path.".into(),
                "Add 'organization', or leave 'ou_path' out.",
            );
            return;
        };
        let well_formed = ou_path.strip_prefix(organization.as_str()).is_some_and(|rest| {
            rest.starts_with("/r-") && rest.ends_with('/') && !rest.contains("//")
        });
        if !well_formed {
            self.add(
                format!("{path}.ou_path"),
                "config.invalid_ou_path",
                format!("'{ou_path}' is not an OU path of organization '{organization}'."),
                "Write 'o-…/r-…/ou-…/', starting with the organization's id and ending with a slash.",
            );
        }
    }

    fn check_access_key_id(&mut self, path: &str, id: &str) {
        let well_formed =
            (16..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
        if !well_formed {
            self.add(
                format!("{path}.access_key_id"),
                "config.invalid_access_key",
                format!("'{id}' is not an access key id."),
                "Write 16 to 128 letters or digits, such as 'AKIAEXAMPLEUSER00001'.",
            );
        }
    }

    fn principal(
        &mut self,
        path: &str,
        entry: PrincipalEntry,
        accounts: &BTreeMap<String, Account>,
    ) -> Option<Principal> {
        let session = self.session(path, &entry);
        let Some(arn) = PrincipalArn::parse(&entry.arn) else {
            self.add(
                format!("{path}.arn"),
                "config.invalid_arn",
                format!("'{}' is not the ARN of a role or a user.", entry.arn),
                "Write 'arn:aws:iam::<account>:role/<path and name>', '…:user/…', '…:root' or \
                 'arn:aws:sts::<account>:federated-user/<name>'.",
            );
            return None;
        };
        if !accounts.contains_key(arn.account()) {
            self.add(
                format!("{path}.arn"),
                "config.unknown_account",
                format!("There is no account '{}' in this file.", arn.account()),
                "Add it under [[accounts]], or correct the ARN.",
            );
        }
        let session = match session? {
            Session::LongTerm if is_temporary(arn.kind()) => {
                Session::ExpiresIn(ROLE_SESSION_SECONDS)
            }
            other => other,
        };
        Some(Principal {
            arn,
            secret_access_key: entry.secret_access_key,
            session_token: entry.session_token,
            session_name: entry.session_name.unwrap_or_else(|| "session".to_owned()),
            session,
            may_get_token: entry.may_get_token,
            may_tag: entry.may_tag,
            tags: entry.principal_tags,
            source_identity: entry.source_identity,
            context: entry.context,
        })
    }

    fn session(&mut self, path: &str, entry: &PrincipalEntry) -> Option<Session> {
        match (&entry.session_expires_at, entry.session_expires_in_seconds) {
            (None, None) => Some(Session::LongTerm),
            (None, Some(seconds)) => Some(Session::ExpiresIn(seconds)),
            (Some(_), Some(_)) => {
                self.add(
                    format!("{path}.session_expires_at"),
                    "config.conflicting_session",
                    "The end of the session is given twice.".into(),
                    "Keep 'session_expires_at' or 'session_expires_in_seconds', not both.",
                );
                None
            }
            (Some(text), None) => match Timestamp::parse_rfc3339(text) {
                Some(end) => Some(Session::ExpiresAt(end)),
                None => {
                    self.add(
                        format!("{path}.session_expires_at"),
                        "config.invalid_time",
                        format!("'{text}' is not an RFC 3339 time."),
                        "Write a time such as '2026-04-21T07:37:10Z'.",
                    );
                    None
                }
            },
        }
    }
}

fn is_temporary(kind: PrincipalKind) -> bool {
    match kind {
        PrincipalKind::FederatedUser | PrincipalKind::Role => true,
        PrincipalKind::Root | PrincipalKind::User => false,
    }
}
