# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
# Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
# Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.

variable "chainguard_parent_id" {
  type        = string
  description = "The organization or folder that the identities belong to."
}

resource "chainguard_identity" "aws_exact_1" {
  parent_id = var.chainguard_parent_id
  name      = "aws-exact-1"

  claim_match {
    issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/it's/`id`/$${x}/$(id)/\"q\\\"/Name"
    audience = "'\" `id` \\ \\' -- # // $(id) END_OF_JSON"
  }
}

resource "chainguard_identity" "aws_exact_2" {
  parent_id = var.chainguard_parent_id
  name      = "aws-exact-2"

  claim_match {
    issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/it's/`id`/$${x}/$(id)/\"q\\\"/Name"
    audience = "$${aws:userid} \u0024$${x} %%{y}"
  }
}

resource "chainguard_identity" "aws_exact_3" {
  parent_id = var.chainguard_parent_id
  name      = "aws-exact-3"

  claim_match {
    issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/it's/`id`/$${x}/$(id)/\"q\\\"/Name"
    audience = "^;^a,b"
  }
}
