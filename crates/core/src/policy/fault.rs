use std::fmt;

use serde::Serialize;

use crate::error::PolicyCode;
use crate::shown::printable;

/// One thing that is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyFault {
    /// The stable code.
    pub code: PolicyCode,
    /// Where in the policy, for example `trust[0].principals[1]`; empty for the policy as a whole.
    pub path: String,
    /// What is wrong, with what was found.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl PolicyFault {
    pub(super) fn new(code: PolicyCode, path: impl Into<String>, found: impl fmt::Display) -> Self {
        Self::of(code, path.into(), &found.to_string())
    }

    fn of(code: PolicyCode, path: String, found: &str) -> Self {
        let fault = code.fault().trim_end_matches('.');
        Self {
            code,
            path: printable(path),
            message: printable(format!("{fault}: {found}.")),
            remedy: code.remedy().to_owned(),
        }
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} {} [{}]", self.message, self.remedy, self.code)
    }
}

/// All that is wrong with a policy; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyFaults {
    faults: Vec<PolicyFault>,
}

impl PolicyFaults {
    pub(super) fn one(fault: PolicyFault) -> Self {
        Self { faults: vec![fault] }
    }

    pub(super) fn none_of(faults: Vec<PolicyFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self { faults }) }
    }

    /// The faults, in the order of the policy.
    pub fn as_slice(&self) -> &[PolicyFault] {
        &self.faults
    }
}

impl fmt::Display for PolicyFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The policy cannot be right.")?;
        self.faults.iter().try_for_each(|fault| write!(f, "\n- {fault}"))
    }
}

impl std::error::Error for PolicyFaults {}
