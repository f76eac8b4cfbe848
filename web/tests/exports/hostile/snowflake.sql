-- Generated from a Countersign policy at 2026-01-02T03:04:05Z.
-- Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
-- Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
-- Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.

CREATE USER AWS_EXACT_1
  TYPE = SERVICE
  WORKLOAD_IDENTITY = (
    TYPE = OIDC
    ISSUER = 'https://a1b2c3d4.tokens.sts.global.api.aws'
    SUBJECT = 'arn:aws:iam::123456789012:role/it''s/`id`/${x}/$(id)/"q\\"/Name'
    OIDC_AUDIENCE_LIST = ('''" `id` \\ \\'' -- # // $(id) END_OF_JSON', '${aws:userid} $${x} %{y}', '^;^a,b')
  );
