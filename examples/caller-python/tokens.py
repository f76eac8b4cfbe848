"""Tokens of this workload for one audience."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError


@dataclass(frozen=True)
class _Held:
    token: str
    expires: datetime


class Tokens:
    """Asks STS for a token when the first is needed, and for a new one before it expires.

    `client` is boto3's for STS, with a region: STS's global endpoint makes no such tokens.
    """

    def __init__(
        self, audience: str, *, seconds: int = 300, renew_seconds_before: int = 60, client: Any = None
    ) -> None:
        self._client = client or boto3.client("sts")
        self._audience = audience
        self._seconds = seconds
        self._renew_before = timedelta(seconds=renew_seconds_before)
        self._held: _Held | None = None
        # One request to STS at a time, for however many threads wait for it.
        self._lock = threading.Lock()

    def get(self) -> str:
        """A token that lives on for a while."""
        with self._lock:
            held = self._held
            now = datetime.now(timezone.utc)
            if held is not None and now < held.expires - self._renew_before:
                return held.token
            try:
                self._held = self._ask()
            except (BotoCoreError, ClientError):
                # STS cannot be asked just now: what is held serves on until it expires.
                if held is None or now >= held.expires:
                    raise
                return held.token
            return self._held.token

    def refused(self, token: str) -> None:
        """Says that a service refused this token, so that the next one is new."""
        with self._lock:
            if self._held is not None and self._held.token == token:
                self._held = None

    def _ask(self) -> _Held:
        answer = self._client.get_web_identity_token(
            Audience=[self._audience], SigningAlgorithm="ES384", DurationSeconds=self._seconds
        )
        return _Held(answer["WebIdentityToken"], answer["Expiration"])
