use std::fmt;

use serde::{Deserialize, Serialize};

use super::budget::Rate;
use super::form::{self, FormFault, Members};
use crate::keys::key_set::KeySetLimits;

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
    /// How long keys serve on past their lifetime while the issuer cannot be reached, in seconds: 86400.
    /// With 0 they do not. A key that the issuer withdrew is refused as soon as that is known.
    pub stale_if_error_seconds: u64,
    /// How long after a fetch a key id that was not there is believed not to be there, in seconds: 10.
    /// Key ids that look like the issuer's own each have this cool-down for themselves; all others share
    /// one.
    pub unknown_key_cooldown_seconds: u64,
    /// How old keys are at least before a signature that does not match has them fetched again, in
    /// seconds: 60. That is how a key that was replaced under its old id is noticed.
    pub replaced_key_cooldown_seconds: u64,
    /// How long after a first failed fetch none is begun, in seconds: 5. Each further failure doubles it,
    /// with jitter.
    pub failure_cooldown_seconds: u64,
    /// How long after a failed fetch none is begun at most, in seconds: 300.
    pub max_failure_cooldown_seconds: u64,
    /// How long a fetch may take, in seconds: 5.
    pub fetch_timeout_seconds: u64,
    /// Longest document, in bytes: 65536.
    pub max_document_bytes: usize,
    /// Most keys in a key set, bad ones included: 100.
    pub max_keys: usize,
    /// Most issuers whose keys are kept, static and pinned ones not counted: 1000. One more displaces
    /// the one that was not used for longest, and first those of which no token was ever accepted. Those
    /// that are being fetched for the first time come on top: the budget bounds how many there are.
    pub max_issuers: usize,
    /// How often one issuer may be fetched at once: 20. Half of it is kept for renewing keys.
    pub issuer_fetch_burst: u64,
    /// How often one issuer may be fetched in a minute in the long run: 6.
    pub issuer_fetches_per_minute: u64,
    /// How often all issuers together may be fetched at once: 100. Half of it is kept for pinned issuers
    /// and those of which a token was accepted.
    pub fetch_burst: u64,
    /// How often all issuers together may be fetched in a minute in the long run: 600.
    pub fetches_per_minute: u64,
    /// How many keys that recur may have tables, which make ECDSA several times faster: 32. A table takes
    /// 170 kB (ES256) or 370 kB (ES384), and serves until a renewal of the keys finds it unused. With 0 there
    /// are none.
    pub max_prepared_keys: usize,
}

/// Where a setting is kept.
enum Place<'s> {
    Number(&'s mut u64),
    Size(&'s mut usize),
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
    /// Reads settings from JSON; those that are not there have their defaults. What they say is for
    /// [`KeyStoreSettings::check`].
    ///
    /// # Errors
    /// The text is no JSON object, or has a member that is no setting or no whole number.
    pub fn from_json(text: &str) -> Result<Self, FormFault> {
        let mut settings = Self::default();
        let document = form::parse(text)?;
        let places = settings.places();
        let names: Vec<_> = places.iter().map(|(name, _)| *name).collect();
        let members = Members::of(document.root(), &names)?;
        for (name, place) in places {
            let Some(value) = members.get(name) else { continue };
            let number = form::whole(name, value)?;
            match place {
                Place::Number(setting) => *setting = number,
                Place::Size(setting) => {
                    let size = usize::try_from(number);
                    *setting = size.map_err(|_| form::wrong(name, "a smaller number", value))?;
                }
            }
        }
        Ok(settings)
    }

    /// Every setting, as it is spelled in JSON.
    fn places(&mut self) -> [(&'static str, Place<'_>); 17] {
        use Place::{Number, Size};
        [
            ("lifetimeSeconds", Number(&mut self.lifetime_seconds)),
            ("minLifetimeSeconds", Number(&mut self.min_lifetime_seconds)),
            ("maxLifetimeSeconds", Number(&mut self.max_lifetime_seconds)),
            ("staleIfErrorSeconds", Number(&mut self.stale_if_error_seconds)),
            ("unknownKeyCooldownSeconds", Number(&mut self.unknown_key_cooldown_seconds)),
            ("replacedKeyCooldownSeconds", Number(&mut self.replaced_key_cooldown_seconds)),
            ("failureCooldownSeconds", Number(&mut self.failure_cooldown_seconds)),
            ("maxFailureCooldownSeconds", Number(&mut self.max_failure_cooldown_seconds)),
            ("fetchTimeoutSeconds", Number(&mut self.fetch_timeout_seconds)),
            ("maxDocumentBytes", Size(&mut self.max_document_bytes)),
            ("maxKeys", Size(&mut self.max_keys)),
            ("maxIssuers", Size(&mut self.max_issuers)),
            ("issuerFetchBurst", Number(&mut self.issuer_fetch_burst)),
            ("issuerFetchesPerMinute", Number(&mut self.issuer_fetches_per_minute)),
            ("fetchBurst", Number(&mut self.fetch_burst)),
            ("fetchesPerMinute", Number(&mut self.fetches_per_minute)),
            ("maxPreparedKeys", Size(&mut self.max_prepared_keys)),
        ]
    }

    /// Checks that every setting is within the range where it does what it is for.
    ///
    /// # Errors
    /// The first setting that is not.
    pub fn check(&self) -> Result<(), SettingsFault> {
        const WEEK: u64 = 7 * 86_400;
        let (floor, ceiling) = (self.min_lifetime_seconds, self.max_lifetime_seconds);
        let longest_wait = self.max_failure_cooldown_seconds;
        let ranges = [
            ("maxLifetimeSeconds", ceiling, 1, WEEK),
            ("minLifetimeSeconds", floor, 1, ceiling),
            ("lifetimeSeconds", self.lifetime_seconds, floor, ceiling),
            ("unknownKeyCooldownSeconds", self.unknown_key_cooldown_seconds, 1, 3600),
            ("staleIfErrorSeconds", self.stale_if_error_seconds, 0, WEEK),
            ("replacedKeyCooldownSeconds", self.replaced_key_cooldown_seconds, 1, 86_400),
            ("maxFailureCooldownSeconds", longest_wait, 1, 3600),
            ("failureCooldownSeconds", self.failure_cooldown_seconds, 1, longest_wait),
            ("fetchTimeoutSeconds", self.fetch_timeout_seconds, 1, 60),
            ("maxDocumentBytes", self.max_document_bytes as u64, 1024, 1_048_576),
            ("maxKeys", self.max_keys as u64, 1, 1000),
            ("maxIssuers", self.max_issuers as u64, 1, 100_000),
            // Discovery, key set and a rotation have to fit into half of it.
            ("issuerFetchBurst", self.issuer_fetch_burst, 6, 1000),
            ("issuerFetchesPerMinute", self.issuer_fetches_per_minute, 1, 1000),
            ("fetchBurst", self.fetch_burst, 6, 1_000_000),
            ("fetchesPerMinute", self.fetches_per_minute, 1, 1_000_000),
            ("maxPreparedKeys", self.max_prepared_keys as u64, 0, 100_000),
        ];
        for (setting, found, least, most) in ranges {
            if !(least..=most).contains(&found) {
                return Err(SettingsFault { setting, least, most, found });
            }
        }
        Ok(())
    }

    /// How large a key set may be.
    pub(super) fn key_set_limits(&self) -> KeySetLimits {
        KeySetLimits { max_bytes: self.max_document_bytes, max_keys: self.max_keys }
    }

    /// How often one issuer may be fetched.
    pub(super) fn issuer_rate(&self) -> Rate {
        Rate { burst: self.issuer_fetch_burst, per_minute: self.issuer_fetches_per_minute }
    }

    /// How often all issuers together may be fetched.
    pub(super) fn rate(&self) -> Rate {
        Rate { burst: self.fetch_burst, per_minute: self.fetches_per_minute }
    }

    /// How long a key set is used: what the issuer says, within floor and ceiling.
    pub(super) fn lifetime(&self, stated: Option<u64>) -> u64 {
        stated
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
            stale_if_error_seconds: 86_400,
            unknown_key_cooldown_seconds: 10,
            replaced_key_cooldown_seconds: 60,
            failure_cooldown_seconds: 5,
            max_failure_cooldown_seconds: 300,
            fetch_timeout_seconds: 5,
            max_document_bytes: 65_536,
            max_keys: 100,
            max_issuers: 1000,
            issuer_fetch_burst: 20,
            issuer_fetches_per_minute: 6,
            fetch_burst: 100,
            fetches_per_minute: 600,
            max_prepared_keys: 32,
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

#[cfg(test)]
mod tests {
    use super::KeyStoreSettings;

    fn read(text: &str) -> Result<KeyStoreSettings, String> {
        let settings = KeyStoreSettings::from_json(text).map_err(|fault| fault.to_string())?;
        let by_serde: KeyStoreSettings = serde_json::from_str(text).unwrap();
        assert_eq!(settings, by_serde);
        settings.check().map_err(|fault| fault.to_string())?;
        Ok(settings)
    }

    #[test]
    fn defaults_are_what_is_documented_and_pass_their_own_check() {
        assert_eq!(read("{}").unwrap(), KeyStoreSettings::default());
        assert_eq!(
            serde_json::to_string(&KeyStoreSettings::default()).unwrap(),
            "{\"lifetimeSeconds\":3600,\"minLifetimeSeconds\":60,\"maxLifetimeSeconds\":86400,\
             \"staleIfErrorSeconds\":86400,\"unknownKeyCooldownSeconds\":10,\
             \"replacedKeyCooldownSeconds\":60,\"failureCooldownSeconds\":5,\
             \"maxFailureCooldownSeconds\":300,\"fetchTimeoutSeconds\":5,\
             \"maxDocumentBytes\":65536,\"maxKeys\":100,\"maxIssuers\":1000,\
             \"issuerFetchBurst\":20,\"issuerFetchesPerMinute\":6,\
             \"fetchBurst\":100,\"fetchesPerMinute\":600,\"maxPreparedKeys\":32}"
        );
    }

    #[test]
    fn nonsense_is_named() {
        for (text, expected) in [
            (r#"{"lifetimeSeconds":59}"#, "lifetimeSeconds is outside its range. Expected 60 to"),
            (r#"{"minLifetimeSeconds":90000}"#, "minLifetimeSeconds"),
            (r#"{"minLifetimeSeconds":0}"#, "minLifetimeSeconds"),
            (r#"{"maxLifetimeSeconds":604801}"#, "maxLifetimeSeconds"),
            (r#"{"unknownKeyCooldownSeconds":0}"#, "unknownKeyCooldownSeconds"),
            (r#"{"failureCooldownSeconds":0}"#, "failureCooldownSeconds"),
            (r#"{"fetchTimeoutSeconds":61}"#, "fetchTimeoutSeconds"),
            (r#"{"maxDocumentBytes":1023}"#, "maxDocumentBytes"),
            (r#"{"maxIssuers":0}"#, "maxIssuers"),
            (r#"{"maxKeys":0}"#, "maxKeys"),
            (r#"{"staleIfErrorSeconds":604801}"#, "staleIfErrorSeconds"),
            (r#"{"replacedKeyCooldownSeconds":0}"#, "replacedKeyCooldownSeconds"),
            (r#"{"maxFailureCooldownSeconds":3601}"#, "maxFailureCooldownSeconds"),
            (r#"{"failureCooldownSeconds":301}"#, "failureCooldownSeconds"),
            (r#"{"issuerFetchBurst":5}"#, "issuerFetchBurst"),
            (r#"{"issuerFetchesPerMinute":0}"#, "issuerFetchesPerMinute"),
            (r#"{"fetchBurst":5}"#, "fetchBurst"),
            (r#"{"fetchesPerMinute":0}"#, "fetchesPerMinute"),
            (r#"{"maxPreparedKeys":100001}"#, "maxPreparedKeys"),
        ] {
            let fault = read(text).unwrap_err();
            assert!(fault.contains(expected), "{text}: {fault}");
        }
    }

    #[test]
    fn every_setting_is_read_as_serde_reads_it() {
        let settings = serde_json::to_value(KeyStoreSettings::default()).unwrap();
        for (number, name) in (200_000_u64..).zip(settings.as_object().unwrap().keys()) {
            let text = format!("{{\"{name}\":{number}}}");
            let read = KeyStoreSettings::from_json(&text).unwrap();
            assert_ne!(read, KeyStoreSettings::default(), "{text}");
            assert_eq!(read, serde_json::from_str(&text).unwrap(), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_settings_are_refused() {
        for (text, expected) in [
            ("", "no value at byte 0"),
            ("7", "a number where an object is expected"),
            (
                r#"{"lifetime":1}"#,
                "unknown field `lifetime`, expected one of `lifetimeSeconds`, `min",
            ),
            (r#"{"lifetimeSeconds":-1}"#, "`lifetimeSeconds` must be a whole number, and is -1"),
            (r#"{"lifetimeSeconds":1.0}"#, "and is 1.0"),
            (r#"{"lifetimeSeconds":"1"}"#, "and is a string"),
            (r#"{"maxKeys":1,"maxKeys":1}"#, "a second time"),
            (r#"{"maxKeys":18446744073709551616}"#, "and is 18446744073709551616"),
        ] {
            let fault = KeyStoreSettings::from_json(text).unwrap_err().to_string();
            assert!(fault.contains(expected), "{text}: {fault}");
            assert!(serde_json::from_str::<KeyStoreSettings>(text).is_err(), "{text}");
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
