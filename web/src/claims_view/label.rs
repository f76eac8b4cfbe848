/// What a value is; the page has words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// An AWS account's id.
    Account,
    /// An EKS cluster's name.
    Cluster,
    /// How an instance got its credentials.
    Delivery,
    /// A Lambda function's name.
    Function,
    /// An EC2 instance's id.
    Instance,
    /// A name.
    Name,
    /// A Kubernetes namespace.
    Namespace,
    /// A partition of AWS: `aws`, `aws-cn`, …
    Partition,
    /// A path before a name.
    Path,
    /// An Identity Center permission set.
    PermissionSet,
    /// A Kubernetes pod's name.
    Pod,
    /// A Kubernetes pod's unique id.
    PodUid,
    /// A Cognito pool's id.
    Pool,
    /// An identity provider, as its URL without the scheme, or its name.
    Provider,
    /// A private IPv4 address.
    PrivateAddress,
    /// The version or alias of a function.
    Qualifier,
    /// A region of AWS.
    Region,
    /// What an ARN names, as it stands there.
    Resource,
    /// A role's name.
    Role,
    /// A service of AWS.
    Service,
    /// A Kubernetes service account.
    ServiceAccount,
    /// A role session's name.
    Session,
    /// A source identity.
    SourceIdentity,
    /// An identity store's id.
    Store,
    /// What tells a reserved role from others of the same name.
    Suffix,
    /// What kind of resource an ARN names.
    Type,
    /// A user's id.
    User,
    /// A VPC's id.
    Vpc,
}

/// A value, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What the value is.
    pub label: Label,
    /// The claim or tag that it stands in, where it stands there as a whole.
    pub claim: Option<&'static str>,
    /// The value, as the token says it.
    pub value: String,
}

impl Fact {
    /// A value that is a part of another.
    pub(super) fn part(label: Label, value: &str) -> Self {
        Self { label, claim: None, value: value.to_owned() }
    }
}
