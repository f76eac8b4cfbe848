#!/bin/sh
# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
# Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
# Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.
set -eu

cat > policy.json <<'END_OF_JSON'
{
  "audience": [
    "'\" `id` \\ \\' -- # // $(id) END_OF_JSON",
    "${aws:userid} $${x} %{y}",
    "^;^a,b"
  ],
  "trust": [
    {
      "name": "*/ '; DROP USER admin; -- \" $(id) \\ \u202e${x}",
      "issuer": [
        "https://a1b2c3d4.tokens.sts.global.api.aws"
      ],
      "principals": [
        "arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name"
      ],
      "principalTags": {
        "*/\n'": [
          "\u202e"
        ],
        "__proto__": [
          "a",
          "'\" `id` \\ \\' -- # // $(id) END_OF_JSON"
        ]
      }
    },
    {
      "name": "exact",
      "issuer": [
        "https://a1b2c3d4.tokens.sts.global.api.aws"
      ],
      "principals": [
        "arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/\"q\\\"/Name"
      ]
    }
  ],
  "algorithms": [
    "ES384",
    "RS256"
  ],
  "clockToleranceSeconds": 30,
  "maxLifetimeSeconds": 3600,
  "dangerAcceptAnyLifetime": true,
  "dangerLoopbackIssuers": [
    "http://127.0.0.1:8460"
  ]
}
END_OF_JSON

# The token is read from standard input.
countersign verify --policy policy.json --explain
