#!/bin/sh
# Calls a service with this workload's own token, once or every few seconds, and prints what it answers.
# Needs the AWS CLI (2.32 or 1.46 and later) and curl.
set -eu
: "${SERVICE_URL:?is not set: the address to call}"
: "${AUDIENCE:?is not set: what that service takes tokens for}"
token_seconds=${TOKEN_SECONDS:-300}
renew_before=${RENEW_SECONDS_BEFORE:-60}
attempts=5
longest_wait=30

umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

token=
renew_at=0

# Sets token to one that lives on for a while: a new one before the last expires, or after it was refused.
get_token() {
  now=$(date +%s)
  if [ -n "$token" ] && [ "$now" -lt "$renew_at" ]; then return; fi
  # The audience as a JSON list: version 1 of the AWS CLI would fetch a plain value that looks like a URL.
  if new=$(aws sts get-web-identity-token --audience "[\"$AUDIENCE\"]" --signing-algorithm ES384 \
    --duration-seconds "$token_seconds" --query WebIdentityToken --output text); then
    token=$new
    expires_at=$((now + token_seconds))
    renew_at=$((expires_at - renew_before))
  elif [ -z "$token" ] || [ "$now" -ge "$expires_at" ]; then
    # Until then STS can be asked again: what is held serves on.
    exit 1
  fi
}

# One request. Sets status; the answer is in $folder/body, its headers in $folder/headers.
# The token goes through curl's input, since anyone on the machine may read its arguments.
request() {
  status=$(printf 'Authorization: Bearer %s\n' "$token" | curl --silent --show-error --max-time 10 \
    --header @- --dump-header "$folder/headers" --output "$folder/body" --write-out '%{http_code}' "$SERVICE_URL")
}

# What the answer's header of this name (in small letters) says.
header() {
  tr -d '\r' <"$folder/headers" | awk -F ': *' -v name="$1" \
    'tolower($1) == name { value = substr($0, index($0, ":") + 1) } END { sub(/^ */, "", value); print value }'
}

# What Retry-After says in seconds, otherwise twice as long each time. A date counts as nothing said.
seconds_to_wait() {
  said=$(header retry-after)
  case $said in
    '' | *[!0-9]*) said=$((1 << ($1 - 1))) ;;
  esac
  if [ "$said" -gt "$longest_wait" ]; then said=$longest_wait; fi
  echo "$said"
}

# Calls with a token. A refused token (401) is replaced by a new one, once; a service that cannot answer now
# (503, 429) is asked again when it says so.
call() {
  refusals=0
  attempt=1
  while :; do
    get_token
    request
    case $status in
      401)
        token=
        refusals=$((refusals + 1))
        if [ "$refusals" -gt 1 ]; then return; fi
        ;;
      503 | 429)
        if [ "$attempt" -lt "$attempts" ]; then sleep "$(seconds_to_wait "$attempt")"; fi
        ;;
      *) return ;;
    esac
    if [ "$attempt" -eq "$attempts" ]; then return; fi
    attempt=$((attempt + 1))
  done
}

while :; do
  call
  case $status in
    2??)
      cat "$folder/body"
      echo
      result=0
      ;;
    *)
      echo "$status $(header www-authenticate)" >&2
      cat "$folder/body" >&2
      result=1
      ;;
  esac
  if [ -z "${EVERY_SECONDS:-}" ]; then exit "$result"; fi
  sleep "$EVERY_SECONDS"
done
