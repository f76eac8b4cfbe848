// `npx countersign` of the packed package behind a proxy that is spoken to over TLS.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";

import { selfSigned } from "../faults/certificate.mjs";
import { installed } from "./sample.mjs";

const ISSUER = "https://a1b2c3d4.tokens.sts.global.api.aws";

/** A token that is right in form, so that its issuer's keys are fetched. */
function token() {
  const now = Math.floor(Date.now() / 1000);
  const sub = "arn:aws:iam::111122223333:role/R";
  const aws = { "https://sts.amazonaws.com/": { aws_account: "111122223333" } };
  const payload = { iss: ISSUER, aud: "https://api.example.com", sub, iat: now, exp: now + 300, jti: "1", ...aws };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ kid: "EC384_0", typ: "JWT", alg: "ES384" })}.${encode(payload)}.${Buffer.alloc(96, 1).toString("base64url")}`;
}

test("the certificate is held against the proxy's name, and the proxy is asked for the issuer", { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-proxy-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const { key, cert } = await selfSigned();
  const asked = [];
  const proxy = createServer({ key, cert });
  proxy.on("connect", ({ url, headers, socket: { servername } }, socket) => {
    asked.push([servername, url, headers["proxy-authorization"]]);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  t.after(() => proxy.close());

  writeFileSync(join(folder, "proxy.pem"), cert);
  const policy = join(folder, "policy.json");
  writeFileSync(policy, JSON.stringify({ audience: "https://api.example.com", trust: [{ issuer: ISSUER }] }));
  const { ALL_PROXY, all_proxy, NO_PROXY, no_proxy, ...others } = process.env;
  // The certificate is for this name, and nothing but its name can make it fit.
  const named = `https://Aladdin:open%20sesame@localhost:${proxy.address().port}`;
  const env = { ...others, HTTPS_PROXY: named, NODE_EXTRA_CA_CERTS: join(folder, "proxy.pem") };
  const program = spawn("node_modules/.bin/countersign", ["verify", "--json", "--policy", policy, token()], {
    cwd: installed,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said, [status]] = await Promise.all([text(program.stdout), once(program, "close")]);

  const { rejection } = JSON.parse(said);
  assert.deepEqual([status, rejection.code], [4, "key.unavailable"]);
  assert.match(rejection.found, /the proxy answers CONNECT with 403/);
  // The example of RFC 7617, section 2.
  const wanted = ["localhost", "a1b2c3d4.tokens.sts.global.api.aws:443", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="];
  assert.ok(asked.length > 0);
  for (const one of asked) assert.deepEqual(one, wanted);
});
