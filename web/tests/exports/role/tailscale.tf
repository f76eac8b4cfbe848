# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: api://AzureADTokenExchange.
# Rule nightly billing: issuer https://a1b2c3d4.tokens.sts.global.api.aws; account 123456789012; principals arn:aws:iam::123456789012:role/billing/Nightly, arn:aws:iam::123456789012:role/billing/Monthly.

variable "tailscale_scopes" {
  type        = set(string)
  description = "The scopes that the identity is given, for example auth_keys."
}

variable "tailscale_tags" {
  type        = set(string)
  description = "The tags that its devices may have; needed with the scopes auth_keys and devices:core."
}

resource "tailscale_federated_identity" "aws_nightly_billing_1" {
  scopes   = var.tailscale_scopes
  tags     = var.tailscale_tags
  issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
  subject  = "arn:aws:iam::123456789012:role/billing/Nightly"
  audience = "api://AzureADTokenExchange"
}

resource "tailscale_federated_identity" "aws_nightly_billing_2" {
  scopes   = var.tailscale_scopes
  tags     = var.tailscale_tags
  issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
  subject  = "arn:aws:iam::123456789012:role/billing/Monthly"
  audience = "api://AzureADTokenExchange"
}
