use std::collections::BTreeMap;

use serde::Serialize;

use crate::keys::Algorithm;

/// A policy as data, in the shape of its JSON.
///
/// ```
/// use countersign::{Policy, PolicyDocument, TrustRule};
///
/// let policy = Policy::new(PolicyDocument {
///     audience: vec!["https://api.example.com".into()],
///     trust: vec![TrustRule {
///         organization: Some("o-abc1234567".into()),
///         organizational_units: vec!["o-abc1234567/r-ab12/ou-ab12-11111111/**".into()],
///         ..TrustRule::default()
///     }],
///     ..PolicyDocument::default()
/// })?;
/// assert_eq!(policy.document().max_lifetime_seconds, 3600);
/// # Ok::<(), countersign::PolicyFaults>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(
        title = "Countersign policy",
        description = "Whom a service trusts, and for what: who may send it tokens that AWS issued.",
        deny_unknown_fields,
        transform = schema::leave_out_null
    )
)]
#[serde(rename_all = "camelCase")]
pub struct PolicyDocument {
    /// The audiences that are you: a token must have been issued for one of them, compared exactly.
    /// One text or several. Required, unless `dangerAcceptAnyAudience` is set.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// Whom you trust. A token must meet all of at least one rule.
    pub trust: Vec<TrustRule>,
    /// The signing algorithms you accept. Default: ES384 and RS256, the two that AWS offers.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Algorithm>>"))]
    pub algorithms: Vec<Algorithm>,
    /// How far this host's clock may differ from AWS's, in seconds, 0 to 300. Default: 30.
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>", range(min = 0, max = 300)))]
    pub clock_tolerance_seconds: u64,
    /// The longest lifetime (`exp` − `iat`) you accept, in seconds, 60 to 3600. Default: 3600, the
    /// longest that AWS issues.
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>", range(min = 60, max = 3600)))]
    pub max_lifetime_seconds: u64,
    /// How long ago a token may have been issued, in seconds, 1 to 3600. Default: no limit but the
    /// token's own expiry.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 3600)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age_seconds: Option<u64>,
    /// Accept tokens that were issued for anyone. Dangerous: whoever receives such a token for
    /// another service can use it here.
    #[cfg_attr(feature = "schema", schemars(with = "Option<bool>"))]
    #[serde(skip_serializing_if = "is_false")]
    pub danger_accept_any_audience: bool,
    /// Accept tokens of any lifetime. Dangerous: AWS issues none that live longer than an hour.
    #[cfg_attr(feature = "schema", schemars(with = "Option<bool>"))]
    #[serde(skip_serializing_if = "is_false")]
    pub danger_accept_any_lifetime: bool,
    /// Origins of local issuers, for example `http://127.0.0.1:8460`, whose issuers
    /// (`<origin>/<label>`) are treated like AWS's own. Dangerous outside development and tests: any
    /// process that can listen at that port can then issue tokens.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<String>>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub danger_loopback_issuers: Vec<String>,
}

impl Default for PolicyDocument {
    /// AWS-tight defaults, and nobody trusted: it must be filled in before it can be a policy.
    fn default() -> Self {
        Self {
            audience: Vec::new(),
            trust: Vec::new(),
            algorithms: vec![Algorithm::Es384, Algorithm::Rs256],
            clock_tolerance_seconds: 30,
            max_lifetime_seconds: 3600,
            max_age_seconds: None,
            danger_accept_any_audience: false,
            danger_accept_any_lifetime: false,
            danger_loopback_issuers: Vec::new(),
        }
    }
}

/// Whom one rule trusts: all of its members must hold. It names an issuer, or an organization, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields, transform = schema::leave_out_null))]
#[serde(rename_all = "camelCase")]
pub struct TrustRule {
    /// The rule's name, for identities and reports. Default: its place, such as `trust[0]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The exact issuers, one text or several: an account has exactly one.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issuer: Vec<String>,
    /// The organization id, for example `o-abc1234567`. Any issuer of AWS's form is then trusted for
    /// accounts of this organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The account ids, one text of 12 digits or several.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub account: Vec<String>,
    /// Patterns of roles and users, for example `arn:aws:iam::123456789012:role/billing/*`. `*` stays
    /// within one segment of the path; one `**` crosses segments.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub principals: Vec<String>,
    /// Names of Identity Center permission sets; `*` stands for any characters.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_sets: Vec<String>,
    /// Patterns of places in the organization, for example `o-…/r-…/ou-…/**`, which covers that
    /// organizational unit and all below it.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizational_units: Vec<String>,
    /// Tags that the role or session must have: for each key one value, or several of which one must
    /// hold. Whoever may tag the role or session can set them.
    #[cfg_attr(feature = "schema", schemars(with = "Option<BTreeMap<String, schema::OneOrMany>>"))]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub principal_tags: BTreeMap<String, Vec<String>>,
    /// Tags that the request must have. The caller chooses them freely, so they cannot be the only
    /// constraint.
    #[cfg_attr(feature = "schema", schemars(with = "Option<BTreeMap<String, schema::OneOrMany>>"))]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub request_tags: BTreeMap<String, Vec<String>>,
    /// The regions whose STS endpoints may have issued the token, one text or several.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::OneOrMany>"))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source_regions: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(feature = "schema")]
mod schema {
    use serde_json::Value;

    /// Takes `null` out of what the members of an object may be: a member that is not wanted is left
    /// out of a policy, never null.
    pub(super) fn leave_out_null(schema: &mut schemars::Schema) {
        let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            if let Some(Value::Array(types)) = property.get_mut("type") {
                types.retain(|one| one != "null");
                if let [only] = types.as_slice() {
                    property["type"] = only.clone();
                }
            }
            if let Some(Value::Array(any)) = property.get_mut("anyOf") {
                any.retain(|one| one.get("type").is_none_or(|one| one != "null"));
                if let [Value::Object(only)] = any.as_slice() {
                    let only = only.clone();
                    property.remove("anyOf");
                    property.extend(only);
                }
            }
        }
    }

    /// One text, or several.
    #[derive(schemars::JsonSchema)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "it only gives the schema its shape")]
    pub(super) enum OneOrMany {
        /// One text.
        One(String),
        /// Several texts.
        Many(Vec<String>),
    }
}
