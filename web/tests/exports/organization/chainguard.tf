# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: https://api.example.com, https://api.example.org.
# Rule our organization: organization o-abc1234567; organizational units o-abc1234567/r-ab12/**; principal tags environment.
# Rule partner: issuer https://e5f6a7b8.tokens.sts.global.api.aws; account 210987654321; principals arn:aws:iam::210987654321:role/export/*; source regions eu-west-1; request tags job.
# Rule trust[2]: issuer https://c9d0e1f2.tokens.sts.global.api.aws; account 345678901234; request tags job, tier.
# Where the policy names no exact issuer and principal, they come from a token that was NOT verified.

variable "chainguard_parent_id" {
  type        = string
  description = "The organization or folder that the identities belong to."
}

resource "chainguard_identity" "aws_our_organization_1" {
  parent_id = var.chainguard_parent_id
  name      = "aws-our-organization-1"

  claim_match {
    issuer   = "https://00000000.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/example"
    audience = "https://api.example.com"
  }
}

resource "chainguard_identity" "aws_our_organization_2" {
  parent_id = var.chainguard_parent_id
  name      = "aws-our-organization-2"

  claim_match {
    issuer   = "https://00000000.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/example"
    audience = "https://api.example.org"
  }
}
