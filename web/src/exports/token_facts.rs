use countersign::{
    Check, Detail, Evaluation, OutcomeName, Policy, PolicyDocument, Principal, TrustRule,
    Unverified,
};

use crate::state::Token;

/// What an export takes from the token in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    /// The issuer that it names.
    pub issuer: String,
    /// The role or user that it names: an ARN.
    pub subject: String,
    /// Its audiences.
    pub audience: Vec<String>,
    /// The algorithm that its header names.
    pub algorithm: String,
    /// Whether its signature has been verified, with keys of its issuer.
    pub verified: bool,
    /// The token with a signature that says nothing.
    unsigned: String,
}

impl TokenFacts {
    /// What a token says; `None` if it does not name an issuer and a role or user.
    pub fn of(token: &Token, verified: bool) -> Option<Self> {
        let mut parts = token.text().split('.');
        let unsigned = format!("{}.{}.AAAA", parts.next()?, parts.next()?);
        let claims = token.claims.as_ref()?;
        let subject = claims.subject.as_ref().ok()?;
        Principal::parse(subject)?;
        Some(Self {
            issuer: claims.issuer.as_ref().ok()?.clone(),
            subject: subject.clone(),
            audience: claims.audience.as_ref().cloned().unwrap_or_default(),
            algorithm: algorithm(&unsigned)?,
            verified,
            unsigned,
        })
    }

    /// Whether one rule of a policy takes what the token says.
    pub(super) fn meets(&self, rule: &TrustRule, policy: &PolicyDocument) -> bool {
        const WHO: [Check; 6] = [
            Check::Issuer,
            Check::ClaimedTrust,
            Check::Subject,
            Check::AwsClaim,
            Check::Account,
            Check::Trust,
        ];
        let only = PolicyDocument { trust: vec![rule.clone()], ..policy.clone() };
        let Ok(only) = Policy::new(only) else { return false };
        let report =
            Evaluation::begin(&only, &self.unsigned, 0, Detail::Report).finish(None).report();
        WHO.iter().all(|who| {
            let mut checks = report.checks.iter();
            checks.any(|made| made.check == *who && made.outcome == OutcomeName::Passed)
        })
    }
}

fn algorithm(token: &str) -> Option<String> {
    let token = Unverified::parse(token).ok()?;
    Some(token.header().root().as_object()?.member("alg")?.as_str()?.into_owned())
}
