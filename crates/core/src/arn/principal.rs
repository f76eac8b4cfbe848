use countersign_encoding::parts;
use serde::Serialize;

use super::{is_account_id, is_partition};

/// The parts of an Amazon Resource Name (AWS General Reference, "Amazon Resource Names").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition: `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: &'a str,
    /// The service, for example `iam`.
    pub service: &'a str,
    /// The region; empty for global services.
    pub region: &'a str,
    /// The account id; empty for some services.
    pub account: &'a str,
    /// All that follows, colons included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; `None` if it has fewer than six parts or no partition, service or resource.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = [""; 6];
        let whole = parts::split(text, b':', &mut parts) == parts.len();
        let [arn, partition, service, region, account, resource] = parts;
        let named = !partition.is_empty() && !service.is_empty() && !resource.is_empty();
        (whole && arn == "arn" && named).then_some(Self {
            partition,
            service,
            region,
            account,
            resource,
        })
    }
}

/// Which kind of IAM principal a token speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PrincipalKind {
    /// A role, whoever assumed it.
    Role,
    /// A user.
    User,
}

/// The IAM role or user a token speaks for: its `sub`, taken apart.
///
/// The subject is the ARN of the role itself, with its path; no session name stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Principal {
    /// The whole ARN, as signed.
    pub arn: String,
    /// The partition: `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: String,
    /// The account id, 12 digits.
    pub account: String,
    /// Role or user.
    pub kind: PrincipalKind,
    /// The path, with a slash at its beginning and its end; `/` if there is none.
    pub path: String,
    /// The name, without the path.
    pub name: String,
    /// The Identity Center permission set that the role was made for, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_set: Option<String>,
}

impl Principal {
    /// Reads the ARN of an IAM role or user; `None` if it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let arn = Arn::parse(text)?;
        if arn.service != "iam" || !arn.region.is_empty() {
            return None;
        }
        if !is_partition(arn.partition) || !is_account_id(arn.account) {
            return None;
        }
        // The path begins with the slash that ends the kind.
        let (kind, after) = match arn.resource.split_at_checked(4)? {
            ("role", after) => (PrincipalKind::Role, after),
            ("user", after) => (PrincipalKind::User, after),
            _ => return None,
        };
        let (path, name) = after.split_at_checked(path_length(after)?)?;
        let permission_set = match kind {
            PrincipalKind::Role => permission_set(path, name),
            PrincipalKind::User => None,
        };
        Some(Self {
            arn: text.to_owned(),
            partition: arn.partition.to_owned(),
            account: arn.account.to_owned(),
            kind,
            path: path.to_owned(),
            name: name.to_owned(),
            permission_set: permission_set.map(str::to_owned),
        })
    }

    /// Path and name as they stand in the ARN, without the leading slash. A path may hold colons.
    pub(crate) fn resource_path(&self) -> &str {
        let resource = Arn::parse(&self.arn).map_or("", |arn| arn.resource);
        resource.split_once('/').map_or("", |(_, rest)| rest)
    }
}

/// How long the path at the beginning is, a name after it; `None` if either has a character that has no place
/// there (IAM API reference, CreateRole), or a segment is empty: patterns cannot be slipped past with `//`.
fn path_length(path_and_name: &str) -> Option<usize> {
    let mut length = 0;
    let mut at_slash = false;
    let mut in_name = false;
    for (place, byte) in path_and_name.bytes().enumerate() {
        if byte == b'/' {
            if at_slash {
                return None;
            }
            (at_slash, in_name) = (true, true);
            length = place + 1;
        } else if length == 0 || !byte.is_ascii_graphic() {
            return None;
        } else {
            at_slash = false;
            in_name &= byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
        }
    }
    (in_name && !at_slash).then_some(length)
}

/// The permission set in the name of a role that Identity Center made:
/// `AWSReservedSSO_<permission set>_<16 hexadecimal digits>` under its reserved path.
fn permission_set<'a>(path: &str, name: &'a str) -> Option<&'a str> {
    if !path.starts_with("/aws-reserved/sso.amazonaws.com/") {
        return None;
    }
    let (set, suffix) = name.strip_prefix("AWSReservedSSO_")?.rsplit_once('_')?;
    let hexadecimal = suffix.len() == 16 && suffix.bytes().all(|b| b.is_ascii_hexdigit());
    (hexadecimal && !set.is_empty()).then_some(set)
}

#[cfg(test)]
mod tests {
    use super::{Arn, Principal, PrincipalKind};

    #[test]
    fn a_role_with_its_path() {
        let role = Principal::parse("arn:aws-cn:iam::123456789012:role/a/b/Name").unwrap();
        assert_eq!(role.kind, PrincipalKind::Role);
        assert_eq!((role.partition.as_str(), role.account.as_str()), ("aws-cn", "123456789012"));
        assert_eq!((role.path.as_str(), role.name.as_str()), ("/a/b/", "Name"));
        assert_eq!(role.permission_set, None);
        assert_eq!(role.resource_path(), "a/b/Name");
    }

    #[test]
    fn a_path_may_hold_colons() {
        let role = Principal::parse("arn:aws:iam::123456789012:role/a:b/billing/Name").unwrap();
        assert_eq!((role.path.as_str(), role.name.as_str()), ("/a:b/billing/", "Name"));
        assert_eq!(role.resource_path(), "a:b/billing/Name");
    }

    #[test]
    fn a_permission_set_with_and_without_region() {
        for region in ["", "eu-west-1/"] {
            let text = format!(
                "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/{region}\
                 AWSReservedSSO_Power_User_0123456789abcdef"
            );
            let role = Principal::parse(&text).unwrap();
            assert_eq!(role.permission_set.as_deref(), Some("Power_User"));
        }
        let fake = "arn:aws:iam::123456789012:role/AWSReservedSSO_Power_0123456789abcdef";
        assert_eq!(Principal::parse(fake).unwrap().permission_set, None, "not the reserved path");
    }

    #[test]
    fn what_is_no_principal() {
        for text in [
            "",
            "arn:aws:iam::123456789012:root",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:role//Name",
            "arn:aws:iam::123456789012:role/a//Name",
            "arn:aws:iam::123456789012:role/a/",
            "arn:aws:iam::12345678901:role/Name",
            "arn:aws:iam::12345678901a:role/Name",
            "arn:aws:iam:us-east-1:123456789012:role/Name",
            "arn:aws:sts::123456789012:assumed-role/Name/session",
            "arn:aws:iam::123456789012:group/Name",
            "arn::iam::123456789012:role/Name",
            "arn:*:iam::123456789012:role/Name",
            "arn:aws\n:iam::123456789012:role/Name",
            " arn:aws:iam::123456789012:role/Name",
            "arn:aws:iam::123456789012:role/Na:me",
            "arn:aws:iam::123456789012:role/Näme",
        ] {
            assert_eq!(Principal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_arn_keeps_colons_in_its_resource() {
        let arn = Arn::parse("arn:aws:lambda:us-east-1:123456789012:function:a:b").unwrap();
        assert_eq!(arn.resource, "function:a:b");
    }
}
