use serde::Serialize;

use crate::claims::{AWS_CLAIM, Asserter, describe};
use crate::json::{Member, Object};

/// One member of a header or payload.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MemberView {
    /// The name, its escapes resolved.
    pub name: String,
    /// The value, byte for byte as it stands in the token: JSON text.
    pub value: String,
    /// Whether the member stands within AWS's claim.
    pub within_aws_claim: bool,
    /// What it means; absent for what AWS does not document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<&'static str>,
    /// The IAM condition key with the same meaning, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition_key: Option<&'static str>,
    /// Whose word it would be if the signature held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asserter: Option<Asserter>,
}

impl MemberView {
    fn of_claim(member: &Member<'_>, within_aws_claim: bool) -> Self {
        let description = describe(&member.name, within_aws_claim);
        Self {
            name: member.name.clone().into_owned(),
            value: member.value.raw().to_owned(),
            within_aws_claim,
            meaning: description.map(|d| d.meaning),
            condition_key: description.and_then(|d| d.condition_key),
            asserter: description.map(|d| d.asserter),
        }
    }
}

/// The members of a header.
pub(super) fn of_header(header: Object<'_>) -> Vec<MemberView> {
    let meaning = |name: &str| match name {
        "alg" => Some("The signing algorithm."),
        "kid" => Some("The key's id, which is unique only within the issuer."),
        "typ" => Some("The type: JWT."),
        _ => None,
    };
    header
        .members()
        .map(|member| MemberView {
            name: member.name.clone().into_owned(),
            value: member.value.raw().to_owned(),
            within_aws_claim: false,
            meaning: meaning(&member.name),
            condition_key: None,
            asserter: None,
        })
        .collect()
}

/// The members of a payload; those of AWS's claim follow it.
pub(super) fn of_payload(payload: Object<'_>) -> Vec<MemberView> {
    let mut views = Vec::new();
    for member in payload.members() {
        views.push(MemberView::of_claim(&member, false));
        if member.name == AWS_CLAIM {
            let inner = member.value.as_object().into_iter().flat_map(Object::members);
            views.extend(inner.map(|member| MemberView::of_claim(&member, true)));
        }
    }
    views
}

/// The header's members that carry a key or point to one (RFC 7515, sections 4.1.2 to 4.1.6).
pub(super) fn embedded_keys(header: Object<'_>) -> impl Iterator<Item = &'static str> {
    ["jku", "jwk", "x5u", "x5c"].into_iter().filter(move |name| header.member(name).is_some())
}
