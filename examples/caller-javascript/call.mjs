import { setTimeout } from "node:timers/promises";

const ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 30;

/**
 * Fetches with a token. A refused token (401) is replaced by a new one, once; a service that cannot answer now (503,
 * 429) is asked again when it says so.
 *
 * @param {string} url
 * @param {import("./tokens.mjs").Tokens} tokens
 * @param {RequestInit} [init] with a body that can be sent again
 */
export async function call(url, tokens, init = {}) {
  let refusals = 0;
  for (let attempt = 1; ; attempt += 1) {
    const token = await tokens.get();
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${token}`);
    // A redirect could lead the token to someone else.
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), ...init, headers, redirect: "error" });
    if (response.status === 401) {
      tokens.refused(token);
      refusals += 1;
    }
    const isBusy = response.status === 503 || response.status === 429;
    if (attempt === ATTEMPTS || !(isBusy || (response.status === 401 && refusals === 1))) return response;
    await response.body?.cancel();
    if (isBusy) await setTimeout(secondsToWait(response, attempt) * 1000);
  }
}

/** What `Retry-After` says, as seconds or as a date; otherwise twice as long each time. */
function secondsToWait(response, attempt) {
  const said = response.headers.get("retry-after") ?? "";
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Math.min(Math.max(Number.isNaN(seconds) ? 2 ** (attempt - 1) : seconds, 0), LONGEST_WAIT_SECONDS);
}
