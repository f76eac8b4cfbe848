//! Whether a caller may have the token it asks for: organization policies, then its own permissions.

use crate::arn::PrincipalKind;
use crate::authenticate::Caller;
use crate::aws::AwsError;
use crate::config::{Config, OrganizationPolicy};
use crate::token_request::TokenRequest;

/// `AccessDenied` unless every policy allows the request. As in IAM, an explicit deny comes first.
pub(crate) fn authorize(
    config: &Config,
    caller: &Caller<'_>,
    request: &TokenRequest,
) -> Result<(), AwsError> {
    let organization = caller.account.organization.as_ref();
    // Outside an organization there are no service control policies; there an account's limits stand for
    // those of its identity-based policies.
    let account_policy_kind = match organization {
        Some(_) => "a service control policy",
        None => "an identity-based policy",
    };
    let policies = [
        (organization.and_then(|id| config.organizations.get(id)), "a service control policy"),
        (Some(&caller.account.policy), account_policy_kind),
    ];
    for (policy, kind) in policies {
        if let Some(action) = policy.and_then(|policy| denied_action(policy, request)) {
            return Err(denied(caller, action, &format!("with an explicit deny in {kind}")));
        }
    }

    let principal = caller.principal;
    if principal.arn.kind() == PrincipalKind::FederatedUser {
        let reason = format!("because no session policy allows the {GET_TOKEN} action");
        return Err(denied(caller, GET_TOKEN, &reason));
    }
    let missing = if !principal.may_get_token {
        GET_TOKEN
    } else if !principal.may_tag && !request.tags.is_empty() {
        TAG_TOKEN
    } else {
        return Ok(());
    };
    let reason = format!("because no identity-based policy allows the {missing} action");
    Err(denied(caller, missing, &reason))
}

const GET_TOKEN: &str = "sts:GetWebIdentityToken";
const TAG_TOKEN: &str = "sts:TagGetWebIdentityToken";

/// The action that `policy` denies for this request, if any.
fn denied_action(policy: &OrganizationPolicy, request: &TokenRequest) -> Option<&'static str> {
    let TokenRequest { audience, duration_seconds, algorithm, tags } = request;
    let audience_fits = policy.allowed_audiences.as_ref().is_none_or(|allowed| {
        audience.iter().all(|found| allowed.iter().any(|pattern| matches(pattern, found)))
    });
    let duration_fits = policy.max_duration_seconds.is_none_or(|most| *duration_seconds <= most);
    let algorithm_fits =
        policy.allowed_algorithms.as_ref().is_none_or(|allowed| allowed.contains(algorithm));
    let has_tag = |wanted: &String| tags.iter().any(|(key, _)| same_key(key, wanted));
    if !(audience_fits
        && duration_fits
        && algorithm_fits
        && policy.required_tags.iter().all(has_tag))
    {
        return Some(GET_TOKEN);
    }
    let tags_fit = policy.allowed_tag_keys.as_ref().is_none_or(|allowed| {
        tags.iter().all(|(key, _)| allowed.iter().any(|other| same_key(key, other)))
    });
    (!tags_fit || (policy.deny_tags && !tags.is_empty())).then_some(TAG_TOKEN)
}

fn denied(caller: &Caller<'_>, action: &str, reason: &str) -> AwsError {
    let resource = caller.principal.arn.self_resource();
    let message = format!(
        "User: {} is not authorized to perform: {action} on resource: {resource} {reason}",
        caller.arn()
    );
    AwsError::new(403, "AccessDenied", message)
}

/// Tag keys are case-insensitive in IAM.
fn same_key(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// IAM's `StringLike`, with `*` for any run of characters. Each part between two stars is taken at its
/// leftmost place and never retried, so that the time is linear in the text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((prefix, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(prefix) else { return false };
    let (middle, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(mut text) = text.strip_suffix(suffix) else { return false };
    for part in middle.split('*') {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn wildcards_match_runs_of_characters() {
        for (pattern, text) in [
            ("https://api.example.com", "https://api.example.com"),
            ("https://*.example.com", "https://api.example.com"),
            ("*", ""),
            ("**", "anything"),
            ("a*b*c", "a--b--b--c"),
            ("api://*", "api://"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("https://api.example.com", "https://api.example.com/"),
            ("https://*.example.com", "https://example.com"),
            ("a*a", "a"),
            ("a*b*c", "a--c"),
            ("a*bc*c", "abc"),
            ("", "x"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
