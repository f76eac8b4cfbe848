-- Generated from a Countersign policy at 2026-01-02T03:04:05Z.
-- Audience: api://AzureADTokenExchange.
-- Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.

CREATE USER AWS_NIGHTLY_BILLING_1
  TYPE = SERVICE
  WORKLOAD_IDENTITY = (
    TYPE = OIDC
    ISSUER = 'https://a1b2c3d4.tokens.sts.global.api.aws'
    SUBJECT = 'arn:aws:iam::123456789012:role/billing/Nightly'
    OIDC_AUDIENCE_LIST = ('api://AzureADTokenExchange')
  );

CREATE USER AWS_NIGHTLY_BILLING_2
  TYPE = SERVICE
  WORKLOAD_IDENTITY = (
    TYPE = OIDC
    ISSUER = 'https://a1b2c3d4.tokens.sts.global.api.aws'
    SUBJECT = 'arn:aws:iam::123456789012:role/billing/Monthly'
    OIDC_AUDIENCE_LIST = ('api://AzureADTokenExchange')
  );
