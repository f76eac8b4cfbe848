#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: api://AzureADTokenExchange.
# Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.
set -eu

cat > policy.json <<'END_OF_JSON'
{
  "audience": [
    "api://AzureADTokenExchange"
  ],
  "trust": [
    {
      "name": "nightly billing",
      "issuer": [
        "https://a1b2c3d4.tokens.sts.global.api.aws"
      ],
      "account": [
        "123456789012"
      ],
      "principals": [
        "arn:aws:iam::123456789012:role/billing/Nightly",
        "arn:aws:iam::123456789012:role/billing/Monthly"
      ]
    }
  ],
  "algorithms": [
    "ES384",
    "RS256"
  ],
  "clockToleranceSeconds": 30,
  "maxLifetimeSeconds": 900
}
END_OF_JSON

# The token is read from standard input.
countersign verify --policy policy.json --explain
