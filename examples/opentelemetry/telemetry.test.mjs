import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";

import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { createVerifier } from "countersign";

import { telemetryOf } from "./telemetry.mjs";

const ISSUER = "https://7d0c3b52.tokens.sts.global.api.aws";
const AUDIENCE = "https://api.example.com";
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const KEY_SET = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "EC384_0", use: "sig", alg: "ES384" }] };

function mint(claims) {
  const now = Math.floor(Date.now() / 1000);
  const sub = "arn:aws:iam::123456789012:role/service/billing";
  const payload = { iss: ISSUER, aud: AUDIENCE, sub, iat: now, exp: now + 300, jti: "0b6d1c52", ...claims };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ kid: "EC384_0", typ: "JWT", alg: "ES384" })}.${encode(payload)}`;
  const signature = sign("sha384", Buffer.from(content), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}

test("verdicts, fetches and keys arrive as metrics, and no part of a token does", async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const verifier = createVerifier(
    { audience: AUDIENCE, trust: [{ issuer: ISSUER }] },
    {
      fetch: async () => new Response(JSON.stringify(KEY_SET)),
      onEvent: telemetryOf(provider.getMeter("countersign")),
    },
  );
  const tokens = [mint({}), mint({}), mint({ aud: "https://other.example" })];
  await verifier.verify(tokens[0]);
  await verifier.verify(tokens[1]);
  await assert.rejects(verifier.verify(tokens[2]), { code: "audience.mismatch" });
  await reader.forceFlush();

  const points = new Map();
  for (const { scopeMetrics } of exporter.getMetrics()) {
    for (const { descriptor, dataPoints } of scopeMetrics.flatMap(({ metrics }) => metrics)) {
      for (const { attributes, value } of dataPoints) {
        const labels = Object.entries(attributes).map(([name, label]) => `${name}=${label}`).sort();
        points.set([descriptor.name, ...labels].join(" "), value.count ?? value);
      }
    }
  }
  assert.deepEqual(Object.fromEntries(points), {
    "countersign.verification.duration stale=false verdict=verified": 2,
    "countersign.verification.duration stale=false verdict=audience.mismatch": 1,
    "countersign.fetch.duration background=false outcome=200 purpose=keySet": 1,
    "countersign.keys.changes change=added": 1,
    "countersign.keys.changes change=replaced": 0,
    "countersign.keys.changes change=withdrawn": 0,
  });
  const exported = JSON.stringify(exporter.getMetrics());
  for (const part of tokens.flatMap((token) => token.split("."))) {
    assert.ok(!exported.includes(part));
  }
  await provider.shutdown();
});
