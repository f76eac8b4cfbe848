#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: api://AzureADTokenExchange.
# Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.
set -eu
: "${PROJECT_ID:?set it to the id of the project}"
: "${POOL_ID:?set it to the id of the workload identity pool}"

gcloud iam workload-identity-pools providers create-oidc aws-nightly-billing-1 \
  --project="$PROJECT_ID" \
  --location=global \
  --workload-identity-pool="$POOL_ID" \
  --issuer-uri='https://a1b2c3d4.tokens.sts.global.api.aws' \
  --allowed-audiences='api://AzureADTokenExchange' \
  --attribute-mapping='google.subject=assertion.sub' \
  --attribute-condition='assertion.sub in ['\''arn:aws:iam::123456789012:role/billing/Nightly'\'', '\''arn:aws:iam::123456789012:role/billing/Monthly'\'']'
