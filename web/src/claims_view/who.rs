use countersign::Principal;

use super::payload::Payload;

/// Who a token speaks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Who {
    /// The subject, as the token says it.
    pub subject: String,
    /// The subject taken apart, if it is the ARN of an IAM role or user.
    pub principal: Option<Principal>,
    /// What a role's name says, if Identity Center made the role.
    pub reserved: Option<Reserved>,
    /// The account that AWS's claim names, if it names one.
    pub account: Option<String>,
    /// The caller's ARN in AWS's claim, if it is there.
    pub principal_id: Option<String>,
}

/// What the name of a role says that Identity Center made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The permission set.
    pub permission_set: String,
    /// The region of Identity Center, where the path names it.
    pub region: Option<String>,
    /// What tells this role from that of another permission set with the same name: 16 hexadecimal digits.
    pub suffix: String,
}

impl Who {
    pub(super) fn read(payload: &Payload) -> Option<Self> {
        let subject = payload.text("sub")?;
        let principal = Principal::parse(&subject);
        Some(Self {
            reserved: principal.as_ref().and_then(Reserved::of),
            principal,
            account: payload.aws_text("aws_account"),
            principal_id: payload.aws_text("principal_id"),
            subject,
        })
    }

    /// Whether the account in AWS's claim and the one in the subject agree; `None` unless both are there.
    pub fn accounts_agree(&self) -> Option<bool> {
        Some(*self.account.as_ref()? == self.principal.as_ref()?.account)
    }

    /// Whether the caller's ARN in AWS's claim is the subject; `None` if it is not there.
    pub fn principal_ids_agree(&self) -> Option<bool> {
        Some(*self.principal_id.as_ref()? == self.subject)
    }
}

impl Reserved {
    fn of(principal: &Principal) -> Option<Self> {
        let permission_set = principal.permission_set.clone()?;
        let region = principal.path.strip_prefix("/aws-reserved/sso.amazonaws.com/")?;
        let region = region.trim_end_matches('/');
        let (_, suffix) = principal.name.rsplit_once('_')?;
        Some(Self {
            permission_set,
            region: (!region.is_empty()).then(|| region.to_owned()),
            suffix: suffix.to_owned(),
        })
    }
}
