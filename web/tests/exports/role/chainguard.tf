# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: api://AzureADTokenExchange.
# Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.

variable "chainguard_parent_id" {
  type        = string
  description = "The organization or folder that the identities belong to."
}

resource "chainguard_identity" "aws_nightly_billing_1" {
  parent_id = var.chainguard_parent_id
  name      = "aws-nightly-billing-1"

  claim_match {
    issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/billing/Nightly"
    audience = "api://AzureADTokenExchange"
  }
}

resource "chainguard_identity" "aws_nightly_billing_2" {
  parent_id = var.chainguard_parent_id
  name      = "aws-nightly-billing-2"

  claim_match {
    issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
    subject  = "arn:aws:iam::123456789012:role/billing/Monthly"
    audience = "api://AzureADTokenExchange"
  }
}
