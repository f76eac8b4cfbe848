// in-workerd.mjs WORKER TOKEN-FILE...: runs a worker in workerd, bundled as wrangler does, with a KV namespace and Durable
// Objects bound, and prints its answers to requests with these tokens, one after the other.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { bundled, started } from "../runtimes/bundled.mjs";

const [worker, ...tokenFiles] = process.argv.slice(2);
const stateful = /\bUsedTokens\b/.test(readFileSync(worker, "utf8"));
const instance = started(await bundled(resolve(worker)), {
  compatibilityDate: "2026-07-01",
  ...(stateful && { kvNamespaces: ["KEYS"], durableObjects: { USED: "UsedTokens" } }),
});
try {
  for (const tokenFile of tokenFiles) {
    const authorization = `Bearer ${readFileSync(tokenFile, "utf8").trim()}`;
    const answer = await instance.dispatchFetch("http://worker/", { headers: { authorization } });
    console.log(await answer.text());
  }
} finally {
  await instance.dispose();
}
