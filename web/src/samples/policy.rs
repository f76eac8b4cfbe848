//! The policies that go with samples.

use serde_json::{Value, json};

use super::kind::Sample;
use super::payload::{ACCOUNT, AUDIENCE, ORGANIZATION, OU};
use super::recipe::Ids;

/// The policy that goes with a sample, as JSON text.
pub(super) fn policy(sample: Sample, ids: &Ids) -> String {
    let policy = json!({ "audience": AUDIENCE, "trust": [rule(sample, ids)] });
    format!("{policy:#}")
}

fn rule(sample: Sample, ids: &Ids) -> Value {
    match sample {
        Sample::Lambda => json!({
            "name": "process-data",
            "issuer": ids.issuer(),
            "principals": format!("arn:aws:iam::{ACCOUNT}:role/service-role/process-data"),
        }),
        Sample::Ec2 => json!({
            "name": "web servers",
            "organization": ORGANIZATION,
            "account": ACCOUNT,
            "principals": format!("arn:aws:iam::{ACCOUNT}:role/web-server"),
        }),
        Sample::EksPod => json!({
            "name": "checkout",
            "organization": ORGANIZATION,
            "account": ACCOUNT,
            "principals": format!("arn:aws:iam::{ACCOUNT}:role/eks/*"),
            "principalTags": { "eks-cluster-name": "shop", "kubernetes-namespace": "checkout" },
        }),
        Sample::IdentityCenter => json!({
            "name": "developers",
            "organization": ORGANIZATION,
            "permissionSets": "Developer",
        }),
        Sample::Glue => json!({
            "name": "nightly jobs",
            "issuer": ids.issuer(),
            "principals": format!("arn:aws:iam::{ACCOUNT}:role/service-role/AWSGlueServiceRole-*"),
        }),
        _ => json!({
            "name": "billing",
            "organization": ORGANIZATION,
            "organizationalUnits": format!("{OU}**"),
            "principals": format!("arn:aws:iam::{ACCOUNT}:role/billing/*"),
        }),
    }
}
