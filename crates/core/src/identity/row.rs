//! An identity without the names of its members: shorter to write and to read, for a host that knows them.

use super::{AwsIdentity, Identity};
use crate::arn::{Principal, PrincipalKind};
use crate::claims::{Ec2, Glue, IdentityCenter, Lambda};
use crate::json::Row;

impl Identity<'_> {
    /// Adds the identity's values to a row, in the order that the npm package takes them in
    /// (`pkg/src/identity.ts`); `tests/vectors/identity-rows.json` holds both to it.
    pub fn add_to(&self, row: &mut Row) {
        let Self {
            issuer,
            // The principal's ARN is the same text.
            subject,
            audience,
            token_id,
            issued_at,
            expires_at,
            rule,
            principal,
            aws,
            header,
            claims,
        } = self;
        row.string(issuer);
        row.string(subject);
        row.strings(audience);
        row.string(token_id);
        row.number(*issued_at);
        row.number(*expires_at);
        row.string(rule);
        add_principal(principal, row);
        add_aws(aws, row);
        row.json(header.0);
        row.json(claims.0);
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
        // The principal's.
        account: _,
        organization,
        organizational_units,
        source_region,
        principal_tags,
        request_tags,
        original_session_expires_at,
        source_identity,
        federated_provider,
        lambda,
        ec2,
        glue,
        identity_center,
    } = aws;
    row.optional_string(*organization);
    row.strings(organizational_units);
    row.optional_string(*source_region);
    row.strings_by_name(principal_tags);
    row.strings_by_name(request_tags);
    row.optional_number(*original_session_expires_at);
    row.optional_string(*source_identity);
    row.optional_string(*federated_provider);
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
