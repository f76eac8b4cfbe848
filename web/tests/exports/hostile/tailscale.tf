# Generated from a Countersign policy at 2026-01-02T03:04:05Z.
# Audience: '" `id` \ \' -- # // $(id) END_OF_JSON, ${aws:userid} $${x} %{y}, ^;^a,b.
# Rule */ '; DROP USER admin; -- " $(id) \ \u{202e}${x}: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name; principal tags */\n', __proto__.
# Rule exact: issuer https://a1b2c3d4.tokens.sts.global.api.aws; principals arn:aws:iam::123456789012:role/it's/`id`/${x}/$(id)/"q\"/Name.

variable "tailscale_scopes" {
  type        = set(string)
  description = "The scopes that the identity is given, for example auth_keys."
}

variable "tailscale_tags" {
  type        = set(string)
  description = "The tags that its devices may have; needed with the scopes auth_keys and devices:core."
}

resource "tailscale_federated_identity" "aws_exact_1" {
  scopes   = var.tailscale_scopes
  tags     = var.tailscale_tags
  issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
  subject  = "arn:aws:iam::123456789012:role/it's/`id`/$${x}/$(id)/\"q\\\"/Name"
  audience = "'\" `id` \\ \\' -- # // $(id) END_OF_JSON"
}

resource "tailscale_federated_identity" "aws_exact_2" {
  scopes   = var.tailscale_scopes
  tags     = var.tailscale_tags
  issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
  subject  = "arn:aws:iam::123456789012:role/it's/`id`/$${x}/$(id)/\"q\\\"/Name"
  audience = "$${aws:userid} \u0024$${x} %%{y}"
}

resource "tailscale_federated_identity" "aws_exact_3" {
  scopes   = var.tailscale_scopes
  tags     = var.tailscale_tags
  issuer   = "https://a1b2c3d4.tokens.sts.global.api.aws"
  subject  = "arn:aws:iam::123456789012:role/it's/`id`/$${x}/$(id)/\"q\\\"/Name"
  audience = "^;^a,b"
}
