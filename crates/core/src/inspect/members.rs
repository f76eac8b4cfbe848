use std::ops::Range;

use serde::Serialize;

use super::finding::{FindingCode, Findings};
use super::place::{Place, Span};
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
    /// Where the member stands, name and value.
    pub place: Place,
    /// Where its value stands in the part's decoded text.
    pub value_span: Span,
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
    fn new(member: &Member<'_>, place: &dyn Fn(Range<usize>) -> Place) -> Self {
        Self {
            name: member.name.clone().into_owned(),
            value: member.value.raw().to_owned(),
            place: place(whole(member)),
            value_span: member.value.span().into(),
            within_aws_claim: false,
            meaning: None,
            condition_key: None,
            asserter: None,
        }
    }

    fn of_claim(
        member: &Member<'_>,
        within_aws_claim: bool,
        place: &dyn Fn(Range<usize>) -> Place,
    ) -> Self {
        let description = describe(&member.name, within_aws_claim);
        Self {
            within_aws_claim,
            meaning: description.map(|d| d.meaning),
            condition_key: description.and_then(|d| d.condition_key),
            asserter: description.map(|d| d.asserter),
            ..Self::new(member, place)
        }
    }
}

/// Where a member stands in the text, name and value.
pub(super) fn whole(member: &Member<'_>) -> Range<usize> {
    member.name_span.start..member.value.span().end
}

/// Notes a member that AWS does not document.
pub(super) fn unknown(
    what: &str,
    member: &Member<'_>,
    findings: &mut Findings,
    place: &dyn Fn(Range<usize>) -> Place,
) {
    let message = format!("The {what} is not in AWS's table of claims.");
    findings.own(FindingCode::UnknownMember, message, Some(place(whole(member))));
}

/// The members of a header.
pub(super) fn of_header(
    header: Object<'_>,
    place: &dyn Fn(Range<usize>) -> Place,
) -> Vec<MemberView> {
    let meaning = |name: &str| match name {
        "alg" => Some("The signing algorithm."),
        "kid" => Some("The key's id, which is unique only within the issuer."),
        "typ" => Some("The type: JWT."),
        _ => None,
    };
    let members = header.members();
    members
        .map(|member| MemberView {
            meaning: meaning(&member.name),
            ..MemberView::new(&member, place)
        })
        .collect()
}

/// The members of a payload; those of AWS's claim follow it.
pub(super) fn of_payload(
    payload: Object<'_>,
    place: &dyn Fn(Range<usize>) -> Place,
) -> Vec<MemberView> {
    let mut views = Vec::new();
    for member in payload.members() {
        views.push(MemberView::of_claim(&member, false, place));
        if member.name == AWS_CLAIM {
            let inner = member.value.as_object().into_iter().flat_map(Object::members);
            views.extend(inner.map(|member| MemberView::of_claim(&member, true, place)));
        }
    }
    views
}
