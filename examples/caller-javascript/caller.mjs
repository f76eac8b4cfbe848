/** Calls a service with this workload's own token, once or every few seconds, and prints what it answers. */
import { setTimeout } from "node:timers/promises";

import { call } from "./call.mjs";
import { Tokens } from "./tokens.mjs";

const { SERVICE_URL, AUDIENCE, EVERY_SECONDS, TOKEN_SECONDS = "300", RENEW_SECONDS_BEFORE = "60" } = process.env;
if (SERVICE_URL === undefined || AUDIENCE === undefined) {
  console.error("Set SERVICE_URL, the address to call, and AUDIENCE, what that service takes tokens for.");
  process.exit(2);
}

const tokens = new Tokens({
  audience: AUDIENCE,
  seconds: Number(TOKEN_SECONDS),
  renewSecondsBefore: Number(RENEW_SECONDS_BEFORE),
});
do {
  const response = await call(SERVICE_URL, tokens);
  const text = (await response.text()).trim();
  if (response.ok) {
    console.log(text);
  } else {
    console.error(`${response.status} ${response.headers.get("www-authenticate") ?? ""}\n${text}`);
    process.exitCode = 1;
  }
  if (EVERY_SECONDS !== undefined) await setTimeout(Number(EVERY_SECONDS) * 1000);
} while (EVERY_SECONDS !== undefined);
