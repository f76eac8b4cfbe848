"""Calling a service with a token."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

import urllib3

from tokens import Tokens

ATTEMPTS = 5
LONGEST_WAIT_SECONDS = 30.0

# A redirect could lead the token to someone else; when to try again is decided below.
_http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(10))


def call(
    url: str,
    tokens: Tokens,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> urllib3.BaseHTTPResponse:
    """Sends a request with a token.

    A refused token (401) is replaced by a new one, once; a service that cannot answer now (503, 429) is asked
    again when it says so.
    """
    refusals = 0
    for attempt in range(1, ATTEMPTS + 1):
        token = tokens.get()
        response = _http.request(
            method, url, body=body, headers={**(headers or {}), "Authorization": f"Bearer {token}"}, redirect=False
        )
        if response.status == 401:
            tokens.refused(token)
            refusals += 1
        is_busy = response.status in (503, 429)
        if not (is_busy or (response.status == 401 and refusals == 1)):
            break
        if is_busy and attempt < ATTEMPTS:
            time.sleep(_seconds_to_wait(response.headers.get("Retry-After"), attempt))
    return response


def _seconds_to_wait(said: str | None, attempt: int) -> float:
    """What `Retry-After` says, as seconds or as a date; otherwise twice as long each time."""
    seconds = float(2 ** (attempt - 1))
    if said is not None:
        try:
            seconds = float(int(said))
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(said) - datetime.now(timezone.utc)).total_seconds()
            except (ValueError, TypeError):
                pass
    return min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)
