#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
# Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
# Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.
set -eu
: "${SERVICE_PRINCIPAL_ID:?set it to the numeric id of the service principal}"

cat > federation-policy-1.json <<'END_OF_JSON'
{
  "description": "Countersign policy, rule exact",
  "oidc_policy": {
    "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
    "audiences": [
      "'\" `id` \\ \\' -- # // $(id) END_OF_JSON",
      "${aws:userid} $${x} %{y}",
      "^;^a,b"
    ],
    "subject": "arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name"
  }
}
END_OF_JSON
databricks account service-principal-federation-policy create \
  "$SERVICE_PRINCIPAL_ID" --json @federation-policy-1.json
