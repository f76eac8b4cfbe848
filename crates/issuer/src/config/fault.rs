//! What can be wrong with a configuration.

use std::fmt;

/// A configuration that cannot be used, with all its faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    faults: Vec<ConfigFault>,
}

impl ConfigError {
    pub(super) fn new(faults: Vec<ConfigFault>) -> Self {
        Self { faults }
    }

    pub(super) fn syntax(error: &toml::de::Error) -> Self {
        Self::new(vec![ConfigFault {
            code: "config.syntax",
            path: String::new(),
            fault: error.to_string().trim_end().to_owned(),
            remedy: "Correct the TOML; every section and key is shown in the built-in file.".into(),
        }])
    }

    /// All faults, in the order of the file.
    pub fn faults(&self) -> &[ConfigFault] {
        &self.faults
    }
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the issuer's configuration cannot be used")?;
        self.faults.iter().try_for_each(|fault| write!(f, "\n- {fault}"))
    }
}

/// One fault: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// A stable code such as `config.unknown_account`.
    pub code: &'static str,
    /// Where it is: `principals[2].arn`. Empty when the file is not TOML of the expected shape.
    pub path: String,
    /// What is wrong, in one sentence.
    pub fault: String,
    /// What to do, in another.
    pub remedy: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, path, fault, remedy } = self;
        let separator = if path.is_empty() { "" } else { ": " };
        write!(f, "{path}{separator}{fault} {remedy} [{code}]")
    }
}
