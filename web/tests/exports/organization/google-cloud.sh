#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: https://api.example.com, https://api.example.org.
# Rule our organization: organization o-abc1234567; organizational units o-abc1234567/r-ab12/**; principal tags environment.
# Rule partner: issuer https://e5f6a7b8.tokens.sts.global.api.aws; account 210987654321; principals arn:aws:iam::210987654321:role/export/*; source regions eu-west-1; request tags job.
# Rule trust[2]: issuer https://c9d0e1f2.tokens.sts.global.api.aws; account 345678901234; request tags job, tier.
# Where the policy names no exact issuer and principal, they come from a token that was NOT verified.
set -eu
: "${PROJECT_ID:?set it to the id of the project}"
: "${POOL_ID:?set it to the id of the workload identity pool}"

gcloud iam workload-identity-pools providers create-oidc aws-our-organization-1 \
  --project="$PROJECT_ID" \
  --location=global \
  --workload-identity-pool="$POOL_ID" \
  --issuer-uri='https://00000000.tokens.sts.global.api.aws' \
  --allowed-audiences='https://api.example.com,https://api.example.org' \
  --attribute-mapping='google.subject=assertion.sub' \
  --attribute-condition='assertion.sub == '\''arn:aws:iam::123456789012:role/example'\'' && assertion['\''https://sts.amazonaws.com/'\'']['\''org_id'\''] == '\''o-abc1234567'\'' && assertion['\''https://sts.amazonaws.com/'\'']['\''principal_tags'\'']['\''environment'\''] in ['\''production'\'', '\''staging'\'']'

gcloud iam workload-identity-pools providers create-oidc aws-trust-2-2 \
  --project="$PROJECT_ID" \
  --location=global \
  --workload-identity-pool="$POOL_ID" \
  --issuer-uri='https://c9d0e1f2.tokens.sts.global.api.aws' \
  --allowed-audiences='https://api.example.com,https://api.example.org' \
  --attribute-mapping='google.subject=assertion.sub' \
  --attribute-condition='assertion['\''https://sts.amazonaws.com/'\'']['\''aws_account'\''] == '\''345678901234'\'' && assertion['\''https://sts.amazonaws.com/'\'']['\''request_tags'\'']['\''job'\''] == '\''weekly'\'' && assertion['\''https://sts.amazonaws.com/'\'']['\''request_tags'\'']['\''tier'\''] == '\''gold'\'''
