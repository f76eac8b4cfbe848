#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: api://AzureADTokenExchange.
# Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.
set -eu
: "${SERVICE_PRINCIPAL_ID:?set it to the numeric id of the service principal}"

cat > federation-policy-1.json <<'END_OF_JSON'
{
  "description": "Countersign policy, rule nightly billing",
  "oidc_policy": {
    "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
    "audiences": [
      "api://AzureADTokenExchange"
    ],
    "subject": "arn:aws:iam::123456789012:role/billing/Nightly"
  }
}
END_OF_JSON
databricks account service-principal-federation-policy create \
  "$SERVICE_PRINCIPAL_ID" --json @federation-policy-1.json

cat > federation-policy-2.json <<'END_OF_JSON'
{
  "description": "Countersign policy, rule nightly billing",
  "oidc_policy": {
    "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
    "audiences": [
      "api://AzureADTokenExchange"
    ],
    "subject": "arn:aws:iam::123456789012:role/billing/Monthly"
  }
}
END_OF_JSON
databricks account service-principal-federation-policy create \
  "$SERVICE_PRINCIPAL_ID" --json @federation-policy-2.json
