"""The AWS CLI and boto3 against the local issuer with its built-in configuration."""

import datetime
import json

import botocore
import jwt
import pytest
from botocore.exceptions import ClientError
from conftest import REGION, fetch_json, verified_claims

AUDIENCE = "https://api.example.com"
CLAIM = "https://sts.amazonaws.com/"

BATCH = "ASIAEXAMPLEBATCH0001"
ALICE = "AKIAEXAMPLEALICE0001"
SHORT_SESSION = "ASIAEXAMPLESHORT0001"
STRICT = "ASIAEXAMPLESTRICT001"
# An account without the feature, which no test switches on.
DISABLED_USER = "AKIAEXAMPLEADMIN0001"
DISABLED_SESSION = "ASIAEXAMPLEADMIN0002"
# The account that tests switch on, and off again at their end.
SWITCHED = "AKIAEXAMPLEADMIN0003"


def mint(sts, **parameters):
    return sts.get_web_identity_token(
        **{"Audience": [AUDIENCE], "SigningAlgorithm": "ES384", **parameters}
    )


def refusal(act):
    """The status, code and message of the ClientError that `act` raises."""
    with pytest.raises(ClientError) as caught:
        act()
    response = caught.value.response
    error = response["Error"]
    assert error["Type"] == "Sender"
    assert len(response["ResponseMetadata"]["RequestId"]) == 36
    return response["ResponseMetadata"]["HTTPStatusCode"], error["Code"], error["Message"]


# --- IAM -----------------------------------------------------------------------------------------


def test_enable_info_disable(client):
    iam, sts = client("iam", SWITCHED), client("sts", SWITCHED)
    assert refusal(iam.get_outbound_web_identity_federation_info)[:2] == (404, "FeatureDisabled")
    with pytest.raises(iam.exceptions.FeatureDisabledException):
        iam.disable_outbound_web_identity_federation()

    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    try:
        with pytest.raises(iam.exceptions.FeatureEnabledException):
            iam.enable_outbound_web_identity_federation()
        assert refusal(iam.enable_outbound_web_identity_federation)[:2] == (409, "FeatureEnabled")
        info = iam.get_outbound_web_identity_federation_info()
        assert (info["IssuerIdentifier"], info["JwtVendingEnabled"]) == (issuer, True)
        token = mint(sts)["WebIdentityToken"]
        assert verified_claims(token, AUDIENCE)["iss"] == issuer
    finally:
        iam.disable_outbound_web_identity_federation()

    with pytest.raises(sts.exceptions.OutboundWebIdentityFederationDisabledException):
        mint(sts)
    assert verified_claims(token, AUDIENCE), "keys stay published while the feature is off"
    assert iam.enable_outbound_web_identity_federation()["IssuerIdentifier"] == issuer
    iam.disable_outbound_web_identity_federation()


def test_enable_info_disable_with_the_cli(aws):
    info = ("iam", "get-outbound-web-identity-federation-info")
    assert "(FeatureDisabled)" in aws(SWITCHED, *info).stderr
    enabled = aws(SWITCHED, "iam", "enable-outbound-web-identity-federation")
    try:
        issuer = json.loads(enabled.stdout)["IssuerIdentifier"]
        assert json.loads(aws(SWITCHED, *info).stdout) == {
            "IssuerIdentifier": issuer,
            "JwtVendingEnabled": True,
        }
        again = aws(SWITCHED, "iam", "enable-outbound-web-identity-federation")
        assert "(FeatureEnabled)" in again.stderr and again.returncode != 0
    finally:
        disabled = aws(SWITCHED, "iam", "disable-outbound-web-identity-federation")
    assert (disabled.returncode, disabled.stdout) == (0, "")


# --- Tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm, kid", [("ES384", "EC384_"), ("RS256", "RSA_")])
def test_tokens_in_both_algorithms(client, algorithm, kid):
    answer = mint(client("sts", BATCH), SigningAlgorithm=algorithm)
    token = answer["WebIdentityToken"]
    header = jwt.get_unverified_header(token)
    assert list(header) == ["kid", "typ", "alg"]
    assert (header["alg"], header["typ"]) == (algorithm, "JWT")
    assert header["kid"].startswith(kid)

    claims = verified_claims(token, AUDIENCE)
    assert claims["aud"] == AUDIENCE
    assert claims["sub"] == "arn:aws:iam::111122223333:role/billing/Batch"
    assert claims["exp"] - claims["iat"] == 300
    expiration = datetime.datetime.fromtimestamp(claims["exp"], datetime.timezone.utc)
    assert answer["Expiration"] == expiration
    assert claims[CLAIM]["org_id"] == "o-abc1234567"
    assert claims[CLAIM]["source_region"] == REGION
    assert claims[CLAIM]["principal_tags"] == {"environment": "production", "team": "billing"}


@pytest.mark.parametrize("algorithm", ["ES384", "RS256"])
def test_tokens_with_the_cli(aws, algorithm):
    # As JSON: the CLI downloads an argument that starts with https://.
    audience = json.dumps([AUDIENCE])
    answer = aws(
        ALICE,
        *("sts", "get-web-identity-token", "--audience", audience),
        *("--signing-algorithm", algorithm, "--duration-seconds", "900"),
        *("--tags", "Key=job-id,Value=7"),
    )
    assert answer.returncode == 0, answer.stderr
    claims = verified_claims(json.loads(answer.stdout)["WebIdentityToken"], AUDIENCE)
    assert claims["exp"] - claims["iat"] == 900
    assert claims[CLAIM]["request_tags"] == {"job-id": "7"}


def test_ten_audiences_keep_order_and_duplicates(client):
    audiences = [f"https://{number % 7}.example.com" for number in range(10, 0, -1)]
    token = mint(client("sts", BATCH), Audience=audiences)["WebIdentityToken"]
    assert verified_claims(token, audiences[3])["aud"] == audiences


def test_tags_of_every_script(client):
    tags = {"job-id": "2024 001", "größe": "漢字 ९", "empty": "", "k" * 128: "v" * 256}
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    token = mint(client("sts", ALICE), Tags=listed)["WebIdentityToken"]
    assert verified_claims(token, AUDIENCE)[CLAIM]["request_tags"] == tags


def test_caller_identity(client):
    identity = client("sts", BATCH).get_caller_identity()
    assert identity["Account"] == "111122223333"
    assert identity["Arn"] == "arn:aws:sts::111122223333:assumed-role/Batch/nightly"


def test_rotation_with_overlap(client, issuer_url):
    sts = client("sts", STRICT)
    job = [{"Key": "job-id", "Value": "7"}]
    before = mint(sts, Tags=job)["WebIdentityToken"]
    fetch_json(f"{issuer_url}/_countersign/accounts/222233334444/rotate", "POST")
    after = mint(sts, Tags=job)["WebIdentityToken"]
    kids = [jwt.get_unverified_header(token)["kid"] for token in (before, after)]
    assert kids[0] != kids[1]
    for token in (before, after):
        verified_claims(token, AUDIENCE)
    fetch_json(f"{issuer_url}/_countersign/accounts/222233334444/withdraw?kid={kids[0]}", "POST")
    verified_claims(after, AUDIENCE)
    with pytest.raises(KeyError):
        verified_claims(before, AUDIENCE)


# --- Errors --------------------------------------------------------------------------------------

CONSTRAINT = "failed to satisfy constraint: Member must"
PATTERN = r"satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]"


def one(violation):
    return f"1 validation error detected: {violation}"


def tag(key, value="v"):
    return {"Tags": [{"Key": key, "Value": value}]}


VALIDATION = {
    "no audience": (
        {"Audience": None},
        one(f"Value null at 'audience' {CONSTRAINT} not be null"),
    ),
    "empty audience list": (
        {"Audience": []},
        one(f"Value '[]' at 'audience' {CONSTRAINT} have length greater than or equal to 1"),
    ),
    "eleven audiences": (
        {"Audience": ["a"] * 11},
        one(
            f"Value '[{', '.join('a' * 11)}]' at 'audience' {CONSTRAINT} have length less than or "
            "equal to 10"
        ),
    ),
    "long audience": (
        {"Audience": ["a" * 1001]},
        one(
            f"Value '[{'a' * 1001}]' at 'audience' {CONSTRAINT} satisfy constraint: [Member must "
            "have length less than or equal to 1000, Member must have length greater than or equal "
            "to 1]"
        ),
    ),
    "short lifetime": (
        {"DurationSeconds": 59},
        one(f"Value '59' at 'durationSeconds' {CONSTRAINT} have value greater than or equal to 60"),
    ),
    "long lifetime": (
        {"DurationSeconds": 3601},
        one(
            f"Value '3601' at 'durationSeconds' {CONSTRAINT} have value less than or equal to 3600"
        ),
    ),
    "no algorithm": (
        {"SigningAlgorithm": None},
        one(f"Value null at 'signingAlgorithm' {CONSTRAINT} not be null"),
    ),
    "algorithm of four letters": (
        {"SigningAlgorithm": "none"},
        one(
            f"Value 'none' at 'signingAlgorithm' {CONSTRAINT} have length greater than or equal to 5"
        ),
    ),
    "algorithm in small letters": (
        {"SigningAlgorithm": "rs256"},
        "Requested SigningAlgorithm is not supported. See the GetWebIdentityToken documentation for "
        "supported algorithms",
    ),
    "character in a tag key": (
        tag("k*"),
        one(f"Value 'k*' at 'tags.1.member.key' {CONSTRAINT} {PATTERN}+"),
    ),
    "character in a tag value": (
        tag("k", "<&>"),
        one(f"Value '<&>' at 'tags.1.member.value' {CONSTRAINT} {PATTERN}*"),
    ),
    "long tag key": (
        tag("k" * 129),
        one(
            f"Value '{'k' * 129}' at 'tags.1.member.key' {CONSTRAINT} have length less than or "
            "equal to 128"
        ),
    ),
    "several at once": (
        {"Audience": None, "DurationSeconds": 59, "SigningAlgorithm": "RS2566"},
        f"3 validation errors detected: Value null at 'audience' {CONSTRAINT} not be null; "
        f"Value '59' at 'durationSeconds' {CONSTRAINT} have value greater than or equal to 60; "
        f"Value 'RS2566' at 'signingAlgorithm' {CONSTRAINT} have length less than or equal to 5",
    ),
}


@pytest.mark.parametrize("parameters, message", VALIDATION.values(), ids=VALIDATION.keys())
def test_validation_errors(client, parameters, message):
    # Without validation in the client, so that the issuer sees what the client would have refused.
    sts = client("sts", BATCH, parameter_validation=False)
    sent = {"Audience": [AUDIENCE], "SigningAlgorithm": "ES384", **parameters}
    sent = {name: value for name, value in sent.items() if value is not None}
    assert refusal(lambda: sts.get_web_identity_token(**sent)) == (400, "ValidationError", message)


def test_too_many_tags(client):
    tags = [{"Key": f"k{number}", "Value": ""} for number in range(51)]
    sts = client("sts", BATCH)
    status, code, message = refusal(lambda: mint(sts, Tags=tags))
    assert (status, code) == (400, "ValidationError")
    assert message.endswith(f"at 'tags' {CONSTRAINT} have length less than or equal to 50")
    assert mint(sts, Tags=tags[:50])["WebIdentityToken"]


def test_duplicate_tag_keys(client):
    tags = [{"Key": "Job", "Value": "1"}, {"Key": "job", "Value": "2"}]
    assert refusal(lambda: mint(client("sts", BATCH), Tags=tags)) == (
        400,
        "InvalidParameterValue",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    )


def test_payload_too_large(client):
    sts = client("sts", BATCH)
    tags = [{"Key": f"k{number}", "Value": "v" * 256} for number in range(50)]
    with pytest.raises(sts.exceptions.JWTPayloadSizeExceededException) as caught:
        mint(sts, Audience=["a" * 1000] * 10, Tags=tags)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_session_duration_escalation(client):
    sts = client("sts", SHORT_SESSION)
    with pytest.raises(sts.exceptions.SessionDurationEscalationException):
        mint(sts, DurationSeconds=601)
    assert refusal(lambda: mint(sts, DurationSeconds=601)) == (
        403,
        "SessionDurationEscalationException",
        "Requested token expiry time must be before the original session's expiry time.",
    )
    assert mint(sts, DurationSeconds=600)["WebIdentityToken"]


def test_feature_disabled(client):
    sts = client("sts", DISABLED_USER)
    with pytest.raises(sts.exceptions.OutboundWebIdentityFederationDisabledException):
        mint(sts)
    assert refusal(lambda: mint(sts)) == (
        403,
        "OutboundWebIdentityFederationDisabledException",
        "OutboundWebIdentityFederation is disabled.",
    )


def test_session_escalation_comes_before_disabled(client):
    sts = client("sts", DISABLED_SESSION)
    codes = [refusal(lambda: mint(sts, DurationSeconds=seconds))[1] for seconds in (601, 600)]
    assert codes == [
        "SessionDurationEscalationException",
        "OutboundWebIdentityFederationDisabledException",
    ]


def test_global_endpoint(client, issuer_url):
    # The issuer as the client's HTTP proxy sees requests for the host that AWS refuses.
    global_sts = client(
        "sts", BATCH, endpoint_url="http://sts.amazonaws.com", proxies={"http": issuer_url}
    )
    assert global_sts.get_caller_identity()["Account"] == "111122223333"
    assert refusal(lambda: mint(global_sts)) == (
        400,
        "InvalidAction",
        "Operation not supported on STS global endpoint",
    )


def denied(caller, account, action, reason):
    message = (
        f"User: {caller} is not authorized to perform: sts:{action} on resource: "
        f"arn:aws:sts::{account}:self {reason}"
    )
    return 403, "AccessDenied", message


@pytest.mark.parametrize(
    "parameters, action",
    [
        ({}, "GetWebIdentityToken"),
        ({**tag("job-id"), "Audience": ["https://elsewhere.test"]}, "GetWebIdentityToken"),
        ({**tag("job-id"), "DurationSeconds": 901}, "GetWebIdentityToken"),
        ({**tag("job-id"), "SigningAlgorithm": "RS256"}, "GetWebIdentityToken"),
        ({"Tags": tag("job-id")["Tags"] + tag("other")["Tags"]}, "TagGetWebIdentityToken"),
    ],
    ids=["missing tag", "audience", "lifetime", "algorithm", "tag key"],
)
def test_organization_policies(client, parameters, action):
    assert refusal(lambda: mint(client("sts", STRICT), **parameters)) == denied(
        "arn:aws:sts::222233334444:assumed-role/Strict/session",
        "222233334444",
        action,
        "with an explicit deny in a service control policy",
    )


@pytest.mark.parametrize(
    "key, parameters, caller, action, kind",
    [
        (
            "AKIAEXAMPLEDENIED001",
            {},
            "iam::111122223333:user/denied",
            "GetWebIdentityToken",
            "identity-based",
        ),
        (
            "AKIAEXAMPLENOTAGS001",
            tag("k"),
            "iam::111122223333:user/no-tags",
            "TagGetWebIdentityToken",
            "identity-based",
        ),
        (
            "ASIAEXAMPLEFEDERATED",
            {},
            "sts::111122223333:federated-user/carol",
            "GetWebIdentityToken",
            "session",
        ),
    ],
    ids=["no permission", "no permission to tag", "federation token"],
)
def test_missing_permissions(client, key, parameters, caller, action, kind):
    reason = f"because no {kind} policy allows the sts:{action} action"
    expected = denied(f"arn:aws:{caller}", "111122223333", action, reason)
    assert refusal(lambda: mint(client("sts", key), **parameters)) == expected


def test_credentials(client):
    unknown = refusal(lambda: mint(client("sts", "AKIAEXAMPLEUNKNOWN01")))
    message = "The security token included in the request is invalid."
    assert unknown == (403, "InvalidClientTokenId", message)
    expired = refusal(lambda: mint(client("sts", "ASIAEXAMPLEEXPIRED01")))
    message = "The security token included in the request is expired"
    assert expired == (403, "ExpiredToken", message)
    unsigned = client("sts", BATCH, signature_version=botocore.UNSIGNED)
    message = "Request is missing Authentication Token"
    assert refusal(lambda: mint(unsigned)) == (403, "MissingAuthenticationToken", message)


def test_unknown_operation(client):
    assert refusal(lambda: client("iam", ALICE).list_users()) == (
        400,
        "InvalidAction",
        "Could not find operation ListUsers for version 2010-05-08",
    )


def test_the_cli_shows_the_error(aws):
    answer = aws(
        DISABLED_USER,
        *("sts", "get-web-identity-token", "--audience", "a", "--signing-algorithm", "ES384"),
    )
    assert answer.returncode != 0
    assert "(OutboundWebIdentityFederationDisabledException)" in answer.stderr
    assert "OutboundWebIdentityFederation is disabled." in answer.stderr
