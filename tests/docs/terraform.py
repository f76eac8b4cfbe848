"""terraform.py FILE: fails unless the file is HCL, and names the resource by which the feature is switched on."""

import sys

import hcl2

with open(sys.argv[1], encoding="utf-8") as file:
    configuration = hcl2.load(file)
kinds = [kind.strip('"') for resource in configuration["resource"] for kind in resource]
assert kinds == ["aws_iam_outbound_web_identity_federation", "aws_iam_role_policy"], kinds
value = configuration["output"][0]
assert "aws_iam_outbound_web_identity_federation.this.issuer_identifier" in str(value), value
