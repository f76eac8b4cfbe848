#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
# Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
# Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.
set -eu
: "${PROJECT_ID:?set it to the id of the project}"
: "${POOL_ID:?set it to the id of the workload identity pool}"

gcloud iam workload-identity-pools providers create-oidc aws-drop-user-admin-id-x-1 \
  --project="$PROJECT_ID" \
  --location=global \
  --workload-identity-pool="$POOL_ID" \
  --issuer-uri='https://a1b2c3d4.tokens.sts.global.api.aws' \
  --allowed-audiences='^|^'\''" `id` \ \'\'' -- # // $(id) END_OF_JSON|${aws:userid} $${x} %{y}|^;^a,b' \
  --attribute-mapping='google.subject=assertion.sub' \
  --attribute-condition='assertion.sub == '\''arn:aws:iam::123456789012:role/it\'\''s/`id`/${x}/$(id)/"q\\"/Name'\'' && assertion['\''https://sts.amazonaws.com/'\'']['\''principal_tags'\'']['\''*/\u000A\'\'''\''] == '\''\u202E'\'' && assertion['\''https://sts.amazonaws.com/'\'']['\''principal_tags'\'']['\''__proto__'\''] in ['\''a'\'', '\''\'\''" `id` \\ \\\'\'' -- # // $(id) END_OF_JSON'\'']'

gcloud iam workload-identity-pools providers create-oidc aws-exact-2 \
  --project="$PROJECT_ID" \
  --location=global \
  --workload-identity-pool="$POOL_ID" \
  --issuer-uri='https://a1b2c3d4.tokens.sts.global.api.aws' \
  --allowed-audiences='^|^'\''" `id` \ \'\'' -- # // $(id) END_OF_JSON|${aws:userid} $${x} %{y}|^;^a,b' \
  --attribute-mapping='google.subject=assertion.sub' \
  --attribute-condition='assertion.sub == '\''arn:aws:iam::123456789012:role/it\'\''s/`id`/${x}/$(id)/"q\\"/Name'\'''
