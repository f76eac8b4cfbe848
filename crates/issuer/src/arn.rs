//! ARNs of the principals that a configuration names.

use std::fmt;

/// Whether `text` is an AWS account number: twelve digits.
pub(crate) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// A principal's ARN, in the form that stands in `sub`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PrincipalArn {
    text: String,
    partition: String,
    account: String,
    kind: PrincipalKind,
    name: String,
}

/// What kind of principal an ARN names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrincipalKind {
    /// A session made by `GetFederationToken`; AWS refuses to mint tokens for it.
    FederatedUser,
    /// An IAM role; its callers are always sessions.
    Role,
    /// The account's root user.
    Root,
    /// An IAM user.
    User,
}

impl PrincipalArn {
    /// Reads `arn:<partition>:iam::<account>:{role,user}/…`, `…:root`, or
    /// `arn:<partition>:sts::<account>:federated-user/…`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut fields = text.splitn(6, ':');
        let mut field = || fields.next();
        let ("arn", partition, service, "", account, resource) =
            (field()?, field()?, field()?, field()?, field()?, field()?)
        else {
            return None;
        };
        let (kind, path) = match (service, resource.split_once('/')) {
            ("iam", Some(("role", path))) => (PrincipalKind::Role, path),
            ("iam", Some(("user", path))) => (PrincipalKind::User, path),
            ("iam", None) if resource == "root" => (PrincipalKind::Root, resource),
            ("sts", Some(("federated-user", path))) => (PrincipalKind::FederatedUser, path),
            _ => return None,
        };
        let well_formed = matches!(partition, "aws" | "aws-cn" | "aws-us-gov")
            && is_account_id(account)
            && path.split('/').all(|segment| !segment.is_empty())
            && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-/".contains(&b));
        let name = path.rsplit('/').next().unwrap_or_default();
        well_formed.then(|| Self {
            text: text.to_owned(),
            partition: partition.to_owned(),
            account: account.to_owned(),
            kind,
            name: name.to_owned(),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn account(&self) -> &str {
        &self.account
    }

    pub(crate) fn kind(&self) -> PrincipalKind {
        self.kind
    }

    /// The caller as STS names it: a role becomes `arn:…:sts::…:assumed-role/<name>/<session>`, without
    /// the role's path; the others stay as they are.
    pub(crate) fn caller(&self, session_name: &str) -> String {
        match self.kind {
            PrincipalKind::Role => format!(
                "arn:{}:sts::{}:assumed-role/{}/{session_name}",
                self.partition, self.account, self.name
            ),
            PrincipalKind::FederatedUser | PrincipalKind::Root | PrincipalKind::User => {
                self.text.clone()
            }
        }
    }

    /// The resource that AWS names when it denies `sts:GetWebIdentityToken`.
    pub(crate) fn self_resource(&self) -> String {
        format!("arn:{}:sts::{}:self", self.partition, self.account)
    }
}

impl fmt::Display for PrincipalArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::{PrincipalArn, PrincipalKind};

    #[test]
    fn callers_are_named_as_sts_names_them() {
        let role = PrincipalArn::parse("arn:aws-cn:iam::123456789012:role/billing/Batch").unwrap();
        assert_eq!(role.kind(), PrincipalKind::Role);
        assert_eq!(role.account(), "123456789012");
        assert_eq!(role.caller("run-7"), "arn:aws-cn:sts::123456789012:assumed-role/Batch/run-7");
        assert_eq!(role.self_resource(), "arn:aws-cn:sts::123456789012:self");
        let user = PrincipalArn::parse("arn:aws:iam::123456789012:user/ops/alice").unwrap();
        assert_eq!(user.caller("unused"), "arn:aws:iam::123456789012:user/ops/alice");
    }

    #[test]
    fn other_arns_are_refused() {
        for wrong in [
            "",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:role//x",
            "arn:aws:iam::12345678901:role/x",
            "arn:aws:iam:us-east-1:123456789012:role/x",
            "arn:aws:sts::123456789012:assumed-role/x/y",
            "arn:other:iam::123456789012:role/x",
            "arn:aws:iam::123456789012:role/x y",
        ] {
            assert_eq!(PrincipalArn::parse(wrong), None, "{wrong}");
        }
    }
}
