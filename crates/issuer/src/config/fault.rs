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

    /// A fault of the TOML itself. Says where, but does not quote the line: it may hold a secret.
    pub(super) fn syntax(error: &toml::de::Error, text: &str) -> Self {
        let start = error.span().map(|span| span.start);
        let before = start.and_then(|start| text.get(..start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let message = error.message().trim_end_matches('.').replace('\n', ", ");
        Self::new(vec![ConfigFault {
            code: "config.syntax",
            path: format!("line {line}, column {column}"),
            fault: format!("{message}."),
            remedy: "Correct the TOML; every section and key is shown in the built-in file.".into(),
        }])
    }

    /// A fault of the JSON itself, or of its shape. Does not quote the text either.
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let place = format!(" at line {line} column {column}");
        let fault = message.strip_suffix(place.as_str()).unwrap_or(&message);
        Self::shape(format!("line {line}, column {column}"), fault)
    }

    /// A value that has not the expected shape.
    pub(crate) fn shape(path: String, fault: &str) -> Self {
        Self::new(vec![ConfigFault {
            code: "config.syntax",
            path,
            fault: format!("{fault}."),
            remedy: "Correct the JSON; every section and key is shown in the built-in file.".into(),
        }])
    }

    /// All faults as JSON: an array of objects.
    pub fn to_json(&self) -> serde_json::Value {
        self.faults
            .iter()
            .map(|ConfigFault { code, path, fault, remedy }| {
                serde_json::json!({ "code": code, "path": path, "fault": fault, "remedy": remedy })
            })
            .collect()
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
    /// Where it is: `principals[2].arn`, or `line 7, column 1` when the file has not the expected shape.
    pub path: String,
    /// What is wrong, in one sentence.
    pub fault: String,
    /// What to do, in another.
    pub remedy: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, path, fault, remedy } = self;
        write!(f, "{path}: {fault} {remedy} [{code}]")
    }
}
