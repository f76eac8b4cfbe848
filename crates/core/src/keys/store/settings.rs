use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// How the key store behaves. Every setting has a default that suits AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KeyStoreSettings {
    /// How long keys are used, in seconds, when the issuer does not say so by `Cache-Control`: 3600.
    pub lifetime_seconds: u64,
    /// How long keys are used at least, in seconds, whatever the issuer says: 60.
    pub min_lifetime_seconds: u64,
    /// How long keys are used at most, in seconds, whatever the issuer says: 86400.
    pub max_lifetime_seconds: u64,
    /// How long after a fetch for an unknown key id no other one is begun, in seconds: 10.
    pub unknown_key_cooldown_seconds: u64,
    /// How long after a failed fetch none is begun, in seconds: 5.
    pub failure_cooldown_seconds: u64,
    /// How long a fetch may take, in seconds: 5.
    pub fetch_timeout_seconds: u64,
    /// Longest document, in bytes: 65536.
    pub max_document_bytes: usize,
    /// Most issuers whose keys are kept, static ones not counted: 1000. One more displaces the one that
    /// was not used for longest.
    pub max_issuers: usize,
}

/// A setting that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SettingsFault {
    /// The setting, as it is spelled in JSON.
    pub setting: &'static str,
    /// The least value that it may have.
    pub least: u64,
    /// The greatest value that it may have.
    pub most: u64,
    /// The value that it has.
    pub found: u64,
}

impl KeyStoreSettings {
    /// Checks that every setting is within the range where it does what it is for.
    ///
    /// # Errors
    /// The first setting that is not.
    pub fn check(&self) -> Result<(), SettingsFault> {
        const WEEK: u64 = 7 * 86_400;
        within("maxLifetimeSeconds", self.max_lifetime_seconds, 1..=WEEK)?;
        let most = self.max_lifetime_seconds;
        within("minLifetimeSeconds", self.min_lifetime_seconds, 1..=most)?;
        within("lifetimeSeconds", self.lifetime_seconds, self.min_lifetime_seconds..=most)?;
        within("unknownKeyCooldownSeconds", self.unknown_key_cooldown_seconds, 1..=3600)?;
        within("failureCooldownSeconds", self.failure_cooldown_seconds, 1..=3600)?;
        within("fetchTimeoutSeconds", self.fetch_timeout_seconds, 1..=60)?;
        within("maxDocumentBytes", self.max_document_bytes as u64, 1024..=1_048_576)?;
        within("maxIssuers", self.max_issuers as u64, 1..=100_000)
    }

    /// How long a key set is used: what the issuer says, within floor and ceiling.
    pub(super) fn lifetime(&self, max_age: Option<u64>) -> u64 {
        max_age
            .unwrap_or(self.lifetime_seconds)
            .min(self.max_lifetime_seconds)
            .max(self.min_lifetime_seconds)
    }
}

impl Default for KeyStoreSettings {
    fn default() -> Self {
        Self {
            lifetime_seconds: 3600,
            min_lifetime_seconds: 60,
            max_lifetime_seconds: 86_400,
            unknown_key_cooldown_seconds: 10,
            failure_cooldown_seconds: 5,
            fetch_timeout_seconds: 5,
            max_document_bytes: 65_536,
            max_issuers: 1000,
        }
    }
}

impl fmt::Display for SettingsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { setting, least, most, found } = self;
        write!(f, "{setting} is outside its range. Expected {least} to {most}; found {found}.")
    }
}

impl std::error::Error for SettingsFault {}

fn within(
    setting: &'static str,
    found: u64,
    range: RangeInclusive<u64>,
) -> Result<(), SettingsFault> {
    let (&least, &most) = (range.start(), range.end());
    if range.contains(&found) { Ok(()) } else { Err(SettingsFault { setting, least, most, found }) }
}

#[cfg(test)]
mod tests {
    use super::KeyStoreSettings;

    fn read(text: &str) -> Result<KeyStoreSettings, String> {
        let settings: KeyStoreSettings =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map_err(|fault| fault.to_string())?;
        Ok(settings)
    }

    #[test]
    fn defaults_are_what_is_documented_and_pass_their_own_check() {
        assert_eq!(read("{}").unwrap(), KeyStoreSettings::default());
        assert_eq!(
            serde_json::to_string(&KeyStoreSettings::default()).unwrap(),
            "{\"lifetimeSeconds\":3600,\"minLifetimeSeconds\":60,\"maxLifetimeSeconds\":86400,\
             \"unknownKeyCooldownSeconds\":10,\"failureCooldownSeconds\":5,\
             \"fetchTimeoutSeconds\":5,\"maxDocumentBytes\":65536,\"maxIssuers\":1000}"
        );
    }

    #[test]
    fn nonsense_is_named() {
        for (text, expected) in [
            (r#"{"lifetime":1}"#, "unknown field `lifetime`"),
            (r#"{"lifetimeSeconds":-1}"#, "-1"),
            (r#"{"lifetimeSeconds":59}"#, "lifetimeSeconds is outside its range. Expected 60 to"),
            (r#"{"minLifetimeSeconds":90000}"#, "minLifetimeSeconds"),
            (r#"{"minLifetimeSeconds":0}"#, "minLifetimeSeconds"),
            (r#"{"maxLifetimeSeconds":604801}"#, "maxLifetimeSeconds"),
            (r#"{"unknownKeyCooldownSeconds":0}"#, "unknownKeyCooldownSeconds"),
            (r#"{"failureCooldownSeconds":0}"#, "failureCooldownSeconds"),
            (r#"{"fetchTimeoutSeconds":61}"#, "fetchTimeoutSeconds"),
            (r#"{"maxDocumentBytes":1023}"#, "maxDocumentBytes"),
            (r#"{"maxIssuers":0}"#, "maxIssuers"),
        ] {
            let fault = read(text).unwrap_err();
            assert!(fault.contains(expected), "{text}: {fault}");
        }
    }

    #[test]
    fn what_the_issuer_says_is_kept_within_floor_and_ceiling() {
        let settings = KeyStoreSettings::default();
        for (max_age, lifetime) in [
            (None, 3600),
            (Some(0), 60),
            (Some(60), 60),
            (Some(7200), 7200),
            (Some(u64::MAX), 86_400),
        ] {
            assert_eq!(settings.lifetime(max_age), lifetime);
        }
    }
}
