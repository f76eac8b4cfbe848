use countersign::Arn;

use super::label::{Fact, Label};

/// An ARN taken apart; `None` if the text is none.
pub fn arn_parts(text: &str) -> Option<Vec<Fact>> {
    let arn = Arn::parse(text)?;
    let mut parts = vec![
        Fact::part(Label::Partition, arn.partition),
        Fact::part(Label::Service, arn.service),
        Fact::part(Label::Region, arn.region),
        Fact::part(Label::Account, arn.account),
    ];
    parts.retain(|part| !part.value.is_empty());
    parts.extend(resource(arn));
    Some(parts)
}

/// What the ARN's resource says, by the service whose it is (Service Authorization Reference).
fn resource(arn: Arn<'_>) -> Vec<Fact> {
    let whole = || vec![Fact::part(Label::Resource, arn.resource)];
    let split = |separator: char| arn.resource.split_once(separator).filter(|(_, r)| !r.is_empty());
    let typed = |kind: &str, label: Label, name: &str| {
        vec![Fact::part(Label::Type, kind), Fact::part(label, name)]
    };
    match arn.service {
        "iam" => match split('/') {
            Some((kind @ ("oidc-provider" | "saml-provider"), name)) => {
                typed(kind, Label::Provider, name)
            }
            Some((kind, rest)) => {
                let (path, name) = rest.rsplit_once('/').unwrap_or(("", rest));
                vec![
                    Fact::part(Label::Type, kind),
                    Fact::part(Label::Path, &slashed(path)),
                    Fact::part(Label::Name, name),
                ]
            }
            None => whole(),
        },
        "sts" => match split('/') {
            Some((kind @ "assumed-role", rest)) => {
                let (role, session) = rest.split_once('/').unwrap_or((rest, ""));
                let mut parts = typed(kind, Label::Role, role);
                parts.push(Fact::part(Label::Session, session));
                parts.retain(|part| !part.value.is_empty());
                parts
            }
            _ => whole(),
        },
        "lambda" => match split(':') {
            Some((kind @ "function", rest)) => {
                let (name, qualifier) = rest.split_once(':').unwrap_or((rest, ""));
                let mut parts = typed(kind, Label::Function, name);
                parts.push(Fact::part(Label::Qualifier, qualifier));
                parts.retain(|part| !part.value.is_empty());
                parts
            }
            _ => whole(),
        },
        "ec2" => match split('/') {
            Some((kind @ "instance", id)) => typed(kind, Label::Instance, id),
            Some((kind, name)) => typed(kind, Label::Name, name),
            None => whole(),
        },
        "eks" => match split('/') {
            Some((kind @ "cluster", name)) => typed(kind, Label::Cluster, name),
            _ => whole(),
        },
        "identitystore" => match split('/') {
            Some((kind @ "identitystore", id)) => typed(kind, Label::Store, id),
            _ => whole(),
        },
        _ => match split('/') {
            Some((kind, name)) if !kind.contains(':') => typed(kind, Label::Name, name),
            _ => whole(),
        },
    }
}

/// A path with a slash at its beginning and its end.
fn slashed(path: &str) -> String {
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}
