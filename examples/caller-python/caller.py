"""Calls a service with this workload's own token, once or every few seconds, and prints what it answers."""

import os
import sys
import time

from call import call
from tokens import Tokens


def main() -> int:
    url, audience = os.environ.get("SERVICE_URL"), os.environ.get("AUDIENCE")
    if url is None or audience is None:
        print(
            "Set SERVICE_URL, the address to call, and AUDIENCE, what that service takes tokens for.",
            file=sys.stderr,
        )
        return 2
    every = os.environ.get("EVERY_SECONDS")
    tokens = Tokens(
        audience,
        seconds=int(os.environ.get("TOKEN_SECONDS", "300")),
        renew_seconds_before=int(os.environ.get("RENEW_SECONDS_BEFORE", "60")),
    )
    while True:
        response = call(url, tokens)
        text = response.data.decode().strip()
        succeeded = 200 <= response.status < 300
        if succeeded:
            print(text, flush=True)
        else:
            challenge = response.headers.get("WWW-Authenticate", "")
            print(f"{response.status} {challenge}\n{text}", file=sys.stderr)
        if every is None:
            return 0 if succeeded else 1
        time.sleep(float(every))


if __name__ == "__main__":
    sys.exit(main())
