//! What a person needs to use the local issuer: who is there, what to set, and a policy that fits.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::style::{Style, rows};

/// The audience in the examples.
const AUDIENCE: &str = "https://api.example.com";

/// What there is to say about a running issuer.
pub(super) struct Guide {
    url: String,
    issuers: Vec<(String, String)>,
    file: File,
}

/// The members of the configuration that are shown. It was checked as a whole before.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    accounts: Vec<Account>,
    principals: Vec<Principal>,
}

#[derive(Deserialize)]
struct Account {
    id: String,
    organization: Option<String>,
}

#[derive(Deserialize)]
struct Principal {
    access_key_id: String,
    arn: String,
    secret_access_key: Option<toml::Value>,
    session_token: Option<toml::Value>,
}

impl Guide {
    /// `issuers` are the accounts, each with its issuer; `url` is where all of it is reached.
    pub(super) fn read(config: &str, url: &str, issuers: &[(String, String)]) -> Self {
        let file = toml::from_str(config).unwrap_or_default();
        Self { url: url.to_owned(), issuers: issuers.to_vec(), file }
    }

    pub(super) fn render(&self, style: Style) -> String {
        let title = |text: &str| style.strong(text);
        let accounts: Vec<(&str, String)> =
            self.issuers.iter().map(|(id, issuer)| (id.as_str(), issuer.clone())).collect();
        let keys: Vec<(&str, String)> = self
            .file
            .principals
            .iter()
            .map(|principal| (principal.access_key_id.as_str(), principal.arn.clone()))
            .collect();
        let mut text =
            format!("{}\n{}", title("accounts and their issuers"), rows(style, &accounts));
        text += &format!("\n{}\n{}", title("access key ids"), rows(style, &keys));
        if let Some(principal) = self.file.principals.first() {
            text += &format!("\n{}\n{}", title("to mint a token"), self.commands(principal));
            text += &self.verification(principal, &title("a policy that accepts it"));
        }
        text
    }

    /// The shell's lines for the AWS command line; they are the same for version 1 and 2.
    fn commands(&self, principal: &Principal) -> String {
        let Self { url, .. } = self;
        let Principal { access_key_id, .. } = principal;
        let secret = match principal.secret_access_key {
            Some(_) => "'the secret_access_key in the configuration'",
            None => "any",
        };
        let session = match principal.session_token {
            Some(_) => "\n  export AWS_SESSION_TOKEN='the session_token in the configuration'",
            None => "",
        };
        format!(
            "  export AWS_ENDPOINT_URL_STS={url}
  export AWS_ENDPOINT_URL_IAM={url}
  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
  export AWS_ACCESS_KEY_ID={access_key_id}
  export AWS_SECRET_ACCESS_KEY={secret}{session}
  aws sts get-web-identity-token --audience '[\"{AUDIENCE}\"]' --signing-algorithm ES384 \\
    --query WebIdentityToken --output text
  # where the account has the feature switched off:
  aws iam enable-outbound-web-identity-federation
"
        )
    }

    fn verification(&self, principal: &Principal, title: &str) -> String {
        let Some((account, issuer)) = self.account_of(principal) else { return String::new() };
        let Some(policy) = self.policy(account, issuer) else {
            return format!(
                "\n{title}\n  none: keys are fetched over plain http from loopback only; \
                 listen on 127.0.0.1, or use --issuer-form aws\n"
            );
        };
        let label = issuer.trim_start_matches("https://").split('.').next().unwrap_or_default();
        let how = if self.has_aws_form(issuer) {
            format!(
                "  curl -s {}/{label}/.well-known/jwks.json > jwks.json
  countersign verify --policy policy.json --jwks jwks.json TOKEN\n",
                self.url
            )
        } else {
            "  countersign verify --policy policy.json TOKEN\n".to_owned()
        };
        format!("\n{title}\n{policy:#}\n\n{how}")
    }

    /// A policy for tokens of an account; none where no policy could reach its keys.
    fn policy(&self, account: &str, issuer: &str) -> Option<Value> {
        if self.has_aws_form(issuer) {
            let rule = json!({ "name": "local", "issuer": issuer });
            return Some(json!({ "audience": AUDIENCE, "trust": [rule] }));
        }
        let loopback = ["http://127.0.0.1:", "http://[::1]:"];
        if !loopback.iter().any(|origin| self.url.starts_with(origin)) {
            return None;
        }
        let known = self.file.accounts.iter().find(|known| known.id == account);
        let rule = match known.and_then(|known| known.organization.as_deref()) {
            Some(organization) => json!({ "name": "local", "organization": organization }),
            None => json!({ "name": "local", "issuer": issuer }),
        };
        Some(json!({
            "audience": AUDIENCE,
            "trust": [rule],
            "dangerLoopbackIssuers": [self.url],
        }))
    }

    fn account_of(&self, principal: &Principal) -> Option<(&str, &str)> {
        let account = principal.arn.split(':').nth(4)?;
        let (id, issuer) = self.issuers.iter().find(|(id, _)| id == account)?;
        Some((id, issuer))
    }

    fn has_aws_form(&self, issuer: &str) -> bool {
        !issuer.starts_with(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use countersign::Policy;
    use countersign_issuer::DEFAULT_CONFIG;

    use super::Guide;
    use crate::style::Style;

    const URL: &str = "http://127.0.0.1:8460";

    fn guide(url: &str, issuer: &str) -> Guide {
        Guide::read(DEFAULT_CONFIG, url, &[("111122223333".to_owned(), issuer.to_owned())])
    }

    #[test]
    fn the_policy_can_be_used_in_both_forms() {
        for (issuer, rule) in [
            ("http://127.0.0.1:8460/abc", "o-abc1234567"),
            ("https://abc.tokens.sts.global.api.aws", "https://abc.tokens.sts.global.api.aws"),
        ] {
            let policy = guide(URL, issuer).policy("111122223333", issuer).unwrap().to_string();
            assert!(policy.contains(rule), "{policy}");
            Policy::from_json(&policy).unwrap();
        }
    }

    #[test]
    fn where_no_policy_fits_that_is_said() {
        let text = guide("http://192.0.2.1:80", "http://192.0.2.1:80/abc").render(Style::Plain);
        assert!(text.contains("none: keys are fetched over plain http from loopback only"));
    }

    #[test]
    fn everyone_is_listed_and_no_secret_is_shown() {
        let config = "[[accounts]]\nid = \"111122223333\"\n[[principals]]\n\
            access_key_id = \"AKIAEXAMPLE\"\narn = \"arn:aws:iam::111122223333:user/u\"\n\
            secret_access_key = \"hush\"\nsession_token = \"hush\"\n";
        let issuers = [("111122223333".to_owned(), format!("{URL}/abc"))];
        let text = Guide::read(config, URL, &issuers).render(Style::Plain);
        for part in [
            "  111122223333  http://127.0.0.1:8460/abc\n",
            "  AKIAEXAMPLE  arn:aws:iam::111122223333:user/u\n",
            "export AWS_ENDPOINT_URL_STS=http://127.0.0.1:8460\n",
            "AWS_SESSION_TOKEN",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("hush"));
    }
}
