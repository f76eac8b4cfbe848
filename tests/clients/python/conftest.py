"""What the tests share: clients that talk to the local issuer, and an independent verifier."""

import json
import os
import subprocess
import sys
import urllib.request

import boto3
import jwt
import pytest
from botocore.config import Config

REGION = "eu-west-1"


@pytest.fixture(scope="session")
def issuer_url():
    url = os.environ.get("COUNTERSIGN_ISSUER_URL")
    assert url, "COUNTERSIGN_ISSUER_URL must name a running issuer, such as http://127.0.0.1:8080"
    return url.rstrip("/")


@pytest.fixture(scope="session")
def client(issuer_url):
    """client("sts", access_key_id): a boto3 client; `options` go to its botocore Config."""

    def make(service, access_key_id, endpoint_url=None, **options):
        return boto3.session.Session().client(
            service,
            region_name=REGION,
            endpoint_url=endpoint_url or issuer_url,
            aws_access_key_id=access_key_id,
            aws_secret_access_key="any",
            aws_session_token="any" if access_key_id.startswith("ASIA") else None,
            config=Config(**options),
        )

    return make


@pytest.fixture(scope="session")
def aws(issuer_url):
    """aws(access_key_id, *arguments): the AWS CLI as a process of its own."""

    def run(access_key_id, *arguments):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "AWS_ACCESS_KEY_ID": access_key_id,
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        command = [sys.executable, "-m", "awscli", "--endpoint-url", issuer_url, "--output", "json"]
        return subprocess.run(
            [*command, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def fetch_json(url, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
        return json.load(answer)


def verified_claims(token, audience):
    """Verifies a token with PyJWT, finding the keys as any OpenID Connect client would."""
    header = jwt.get_unverified_header(token)
    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
    discovery = fetch_json(f"{issuer}/.well-known/openid-configuration")
    assert discovery["issuer"] == issuer
    keys = jwt.PyJWKSet.from_dict(fetch_json(discovery["jwks_uri"]))
    return jwt.decode(
        token,
        keys[header["kid"]].key,
        algorithms=[header["alg"]],
        audience=audience,
        issuer=issuer,
        options={"require": ["aud", "exp", "iat", "iss", "jti", "sub"]},
    )
