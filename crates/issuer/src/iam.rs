//! IAM: switching the feature on and off, and asking about it.

use crate::account::AccountState;
use crate::api::OperationResult;
use crate::aws::AwsError;
use crate::config::Federation;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Disable,
    Enable,
    Info,
}

impl Operation {
    const ALL: [Self; 3] = [Self::Disable, Self::Enable, Self::Info];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Disable => "DisableOutboundWebIdentityFederation",
            Self::Enable => "EnableOutboundWebIdentityFederation",
            Self::Info => "GetOutboundWebIdentityFederationInfo",
        }
    }
}

pub(crate) fn perform(
    operation: Operation,
    state: &mut AccountState,
    issuer: String,
    revision: &mut u64,
) -> Result<OperationResult, AwsError> {
    match (operation, state.federation) {
        (Operation::Disable, Federation::Enabled) => {
            state.federation = Federation::Disabled;
            *revision += 1;
            Ok(None)
        }
        (Operation::Enable, Federation::Disabled) => {
            state.federation = Federation::Enabled;
            *revision += 1;
            Ok(Some(vec![("IssuerIdentifier", issuer)]))
        }
        (Operation::Info, Federation::Enabled) => {
            Ok(Some(vec![("IssuerIdentifier", issuer), ("JwtVendingEnabled", "true".into())]))
        }
        (Operation::Enable, Federation::Enabled) => Err(AwsError::new(
            409,
            "FeatureEnabled",
            "Outbound web identity federation is already enabled for this account.",
        )),
        (Operation::Disable | Operation::Info, Federation::Disabled) => Err(AwsError::new(
            404,
            "FeatureDisabled",
            "Outbound web identity federation is disabled for this account.",
        )),
    }
}
