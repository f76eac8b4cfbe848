"""cloudformation.py FILE: runs the function of the template's custom resource against the endpoint that the environment
names: where the feature is off, where it is on, and on deletion. Fails unless each does what the page says."""

import sys
import types

import boto3
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml.safe_load(file)
resources = template["Resources"]
assert resources["Federation"]["Properties"]["ServiceToken"] == {"Fn::GetAtt": ["FederationFunction", "Arn"]}
actions = resources["FederationRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]["Action"]
assert actions == ["iam:EnableOutboundWebIdentityFederation", "iam:GetOutboundWebIdentityFederationInfo"], actions

sent = []
answers = types.ModuleType("cfnresponse")
answers.SUCCESS, answers.FAILED = "SUCCESS", "FAILED"
answers.send = lambda event, context, status, data, physical_id, reason=None: sent.append((status, data, reason))
sys.modules["cfnresponse"] = answers

function = types.ModuleType("index")
exec(resources["FederationFunction"]["Properties"]["Code"]["ZipFile"], function.__dict__)

iam = boto3.client("iam")
issuer = iam.get_outbound_web_identity_federation_info()["IssuerIdentifier"]
iam.disable_outbound_web_identity_federation()
for request in ("Create", "Update", "Delete"):
    function.handler({"RequestType": request}, None)
assert sent == [("SUCCESS", {"Issuer": issuer}, None)] * 2 + [("SUCCESS", {}, None)], sent
assert iam.get_outbound_web_identity_federation_info()["JwtVendingEnabled"] is True
