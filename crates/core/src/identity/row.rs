//! An identity as a host takes it in that reads the claims anyway: what they say word for word is not said
//! again, and names of members are left out. Both would take longer to write and read than all the rest.

use super::{AwsIdentity, Identity};
use crate::arn::{Principal, PrincipalKind};
use crate::claims::{Ec2, Glue, IdentityCenter, Lambda};
use crate::json::Row;

impl Identity<'_> {
    /// Adds to a row what the npm package makes an identity of (`pkg/src/identity.ts`), in its order. Of the claims
    /// it takes what every accepted token has checked already. `rows.json` holds both
    /// sides to it.
    pub fn add_to(&self, row: &mut Row) {
        let Self {
            issuer: _,
            subject: _,
            audience,
            token_id: _,
            issued_at: _,
            expires_at: _,
            rule,
            principal,
            aws,
            header,
            claims,
        } = self;
        row.json(header.0);
        row.json(claims.0);
        row.strings(audience);
        row.string(rule);
        add_principal(principal, row);
        add_aws(aws, row);
    }
}

fn add_principal(principal: &Principal, row: &mut Row) {
    let Principal { arn: _, partition, account, kind, path, name, permission_set } = principal;
    row.string(partition);
    row.string(account);
    row.string(match kind {
        PrincipalKind::Role => "role",
        PrincipalKind::User => "user",
    });
    row.string(path);
    row.string(name);
    row.optional_string(permission_set.as_deref());
}

fn add_aws(aws: &AwsIdentity<'_>, row: &mut Row) {
    let AwsIdentity {
        account: _,
        organization: _,
        organizational_units,
        source_region: _,
        principal_tags: _,
        request_tags: _,
        original_session_expires_at,
        source_identity: _,
        federated_provider: _,
        lambda,
        ec2,
        glue,
        identity_center,
    } = aws;
    row.strings(organizational_units);
    row.optional_number(*original_session_expires_at);
    row.optional_string(lambda.map(|Lambda { function_arn }| function_arn.as_str()));
    match ec2 {
        None => row.null(),
        Some(Ec2 { instance_arn, vpc, private_ipv4, role_delivery }) => {
            row.begin();
            for value in [instance_arn, vpc, private_ipv4, role_delivery] {
                row.optional_string(value.as_deref());
            }
            row.end();
        }
    }
    row.optional_string(glue.map(|Glue { credential_issuing_service: service }| service.as_str()));
    match identity_center {
        None => row.null(),
        Some(IdentityCenter { user_id, identity_store_arn }) => {
            row.begin();
            for value in [user_id, identity_store_arn] {
                row.optional_string(value.as_deref());
            }
            row.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::arn::Principal;
    use crate::base64url::encode;
    use crate::claims::Claims;
    use crate::json::Row;
    use crate::token::Unverified;
    use crate::verified::Verified;

    const CASES: &str = include_str!("rows.json");

    #[test]
    fn rows_are_what_the_npm_package_reads() {
        let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
        assert!(!cases.is_empty());
        for case in cases {
            let [header, claims] = [0, 1].map(|at| encode(case["row"][at].to_string().as_bytes()));
            let token = Unverified::parse(&format!("{header}.{claims}.AAAA")).unwrap();
            let claims = Claims::read(token.payload().root().as_object().unwrap());
            let principal = Principal::parse(claims.subject.as_ref().unwrap()).unwrap();
            let verified = Verified::new(token, claims, principal, "billing".to_owned()).unwrap();
            let mut row = Row::with_capacity(0);
            verified.identity().add_to(&mut row);
            let name = &case["name"];
            let found: Value = serde_json::from_str(&row.finish()).unwrap();
            assert_eq!(found, case["row"], "{name}");
            assert_eq!(
                serde_json::to_value(verified.identity()).unwrap(),
                case["identity"],
                "{name}"
            );
        }
    }
}
