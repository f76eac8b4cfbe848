#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: api://AzureADTokenExchange.
# Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.
set -eu
: "${APP_ID:?set it to the id of the application}"

cat > federated-credential-1.json <<'END_OF_JSON'
{
  "name": "aws-nightly-billing-1",
  "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
  "subject": "arn:aws:iam::123456789012:role/billing/Nightly",
  "description": "Countersign policy, rule nightly billing",
  "audiences": [
    "api://AzureADTokenExchange"
  ]
}
END_OF_JSON
az ad app federated-credential create --id "$APP_ID" --parameters federated-credential-1.json

cat > federated-credential-2.json <<'END_OF_JSON'
{
  "name": "aws-nightly-billing-2",
  "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
  "subject": "arn:aws:iam::123456789012:role/billing/Monthly",
  "description": "Countersign policy, rule nightly billing",
  "audiences": [
    "api://AzureADTokenExchange"
  ]
}
END_OF_JSON
az ad app federated-credential create --id "$APP_ID" --parameters federated-credential-2.json
