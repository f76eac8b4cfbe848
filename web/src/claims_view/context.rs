use super::arn::arn_parts;
use super::label::{Fact, Label};
use super::payload::Payload;
use super::who::Who;

/// Where a caller runs, or how it came to its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Which it is.
    pub kind: ContextKind,
    /// What the token says about it.
    pub facts: Vec<Fact>,
}

/// The kinds of [`Context`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextKind {
    /// An EC2 instance.
    Ec2,
    /// A Lambda function.
    Lambda,
    /// A Glue job.
    Glue,
    /// An Identity Center user.
    IdentityCenter,
    /// A pod on EKS, by Pod Identity.
    EksPodIdentity,
    /// A session begun through an identity provider.
    Federated,
    /// An identity set when the first role was assumed.
    SourceIdentity,
}

/// The session tags that EKS Pod Identity sets (Amazon EKS user guide, "Pod Identity ABAC").
const POD_TAGS: [(&str, Label); 6] = [
    ("eks-cluster-arn", Label::Resource),
    ("eks-cluster-name", Label::Cluster),
    ("kubernetes-namespace", Label::Namespace),
    ("kubernetes-service-account", Label::ServiceAccount),
    ("kubernetes-pod-name", Label::Pod),
    ("kubernetes-pod-uid", Label::PodUid),
];

pub(super) fn read(
    payload: &Payload,
    who: Option<&Who>,
    principal_tags: &[(String, String)],
) -> Vec<Context> {
    let of = |kind, facts: Vec<Fact>| Context { kind, facts };
    [
        of(ContextKind::Lambda, lambda(payload)),
        of(ContextKind::Ec2, ec2(payload)),
        of(ContextKind::EksPodIdentity, pod(principal_tags)),
        of(ContextKind::Glue, stated(payload, "glue_credential_issuing_service", Label::Service)),
        of(ContextKind::IdentityCenter, identity_center(payload, who)),
        of(ContextKind::Federated, federated(payload)),
        of(ContextKind::SourceIdentity, stated(payload, "source_identity", Label::SourceIdentity)),
    ]
    .into_iter()
    .filter(|context| !context.facts.is_empty())
    .collect()
}

/// A member of AWS's claim.
fn stated(payload: &Payload, claim: &'static str, label: Label) -> Vec<Fact> {
    let value = payload.aws_text(claim);
    value.map(|value| Fact { label, claim: Some(claim), value }).into_iter().collect()
}

/// A member of AWS's claim that is an ARN, with the parts that tell something.
fn stated_arn(payload: &Payload, claim: &'static str, telling: &[Label]) -> Vec<Fact> {
    let mut facts = stated(payload, claim, Label::Resource);
    let parts = facts.first().and_then(|fact| arn_parts(&fact.value)).unwrap_or_default();
    let part = |label: &Label| parts.iter().find(|part| part.label == *label).cloned();
    facts.splice(0..0, telling.iter().filter_map(part));
    facts
}

fn lambda(payload: &Payload) -> Vec<Fact> {
    let telling = [Label::Function, Label::Qualifier, Label::Region, Label::Account];
    stated_arn(payload, "lambda_source_function_arn", &telling)
}

fn ec2(payload: &Payload) -> Vec<Fact> {
    let telling = [Label::Instance, Label::Region, Label::Account];
    let mut facts = stated_arn(payload, "ec2_source_instance_arn", &telling);
    facts.extend(stated(payload, "ec2_instance_source_vpc", Label::Vpc));
    facts.extend(stated(payload, "ec2_instance_source_private_ipv4", Label::PrivateAddress));
    facts.extend(stated(payload, "ec2_role_delivery", Label::Delivery));
    facts
}

fn pod(tags: &[(String, String)]) -> Vec<Fact> {
    let facts: Vec<Fact> = POD_TAGS
        .iter()
        .filter_map(|(name, label)| {
            let (_, value) = tags.iter().find(|(tag, _)| tag == name)?;
            Some(Fact { label: *label, claim: Some(name), value: value.clone() })
        })
        .collect();
    // One tag alone may be anybody's; together they are those of Pod Identity.
    let has = |wanted: fn(&str) -> bool| facts.iter().filter_map(|f| f.claim).any(wanted);
    let is_pod =
        has(|name| name.starts_with("eks-")) && has(|name| name.starts_with("kubernetes-"));
    if is_pod { facts } else { Vec::new() }
}

fn identity_center(payload: &Payload, who: Option<&Who>) -> Vec<Fact> {
    let mut facts = stated(payload, "identity_store_user_id", Label::User);
    facts.extend(stated_arn(payload, "identity_store_arn", &[Label::Store]));
    if let Some(reserved) = who.and_then(|who| who.reserved.as_ref()) {
        facts.push(Fact::part(Label::PermissionSet, &reserved.permission_set));
        facts.extend(reserved.region.as_deref().map(|region| Fact::part(Label::Region, region)));
    }
    facts
}

fn federated(payload: &Payload) -> Vec<Fact> {
    let mut facts = stated_arn(payload, "federated_provider", &[Label::Type, Label::Provider]);
    // Seen in live tokens: `cognito-idp.<region>.amazonaws.com/<pool>`, which is no ARN.
    let pool = facts.first().filter(|fact| fact.claim.is_some()).and_then(|fact| {
        let (host, pool) = fact.value.split_once('/')?;
        let region = host.strip_prefix("cognito-idp.")?.strip_suffix(".amazonaws.com")?;
        Some([Fact::part(Label::Pool, pool), Fact::part(Label::Region, region)])
    });
    facts.splice(0..0, pool.into_iter().flatten());
    facts
}
