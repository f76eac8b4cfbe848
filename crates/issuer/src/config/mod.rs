//! What the issuer plays: organizations, accounts, principals. Read from TOML and checked as a whole.

mod check;
mod fault;
mod file;
mod model;

pub use fault::{ConfigError, ConfigFault};
pub(crate) use file::{Federation, OrganizationPolicy, PrincipalContext, PrincipalEntry};
pub use file::{IssuerForm, OuPathForm};
pub use model::Config;
pub(crate) use model::{Account, Principal};

/// The built-in configuration, as commented TOML text.
pub const DEFAULT_CONFIG: &str = include_str!("../default.toml");

impl Config {
    /// Reads a configuration and checks it whole: the error lists every fault.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        check::check(toml::from_str(text).map_err(|error| ConfigError::syntax(&error, text))?)
    }

    /// The same from JSON, with the members that the TOML file has.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        check::check(serde_json::from_str(text).map_err(|error| ConfigError::json(&error))?)
    }

    /// The same configuration, with issuer URLs of another form.
    #[must_use]
    pub fn with_issuer_form(mut self, form: IssuerForm) -> Self {
        self.settings.form = form;
        self
    }

    /// The built-in configuration, [`DEFAULT_CONFIG`].
    pub fn built_in() -> Result<Self, ConfigError> {
        Self::parse(DEFAULT_CONFIG)
    }

    /// A principal that is not one of the file's, checked as if it were. `path` is where its faults are.
    pub(crate) fn principal(
        &self,
        path: &str,
        entry: PrincipalEntry,
    ) -> Result<Principal, ConfigError> {
        check::check_principal(path, entry, &self.accounts)
    }
}

#[cfg(test)]
mod tests;
