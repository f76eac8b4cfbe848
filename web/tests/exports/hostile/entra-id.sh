#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
# Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
# Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.
set -eu
: "${APP_ID:?set it to the id of the application}"

cat > federated-credential-1.json <<'END_OF_JSON'
{
  "name": "aws-exact-1",
  "issuer": "https://a1b2c3d4.tokens.sts.global.api.aws",
  "subject": "arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name",
  "description": "Countersign policy, rule exact",
  "audiences": [
    "api://AzureADTokenExchange"
  ]
}
END_OF_JSON
az ad app federated-credential create --id "$APP_ID" --parameters federated-credential-1.json
