/** A service on Node's own server that takes AWS's tokens, and shows every ten seconds what its verifier did. */
import { createServer } from "node:http";

import { ConsoleMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { createVerifier } from "countersign";
import { authenticate } from "countersign/express";

import { telemetryOf } from "./telemetry.mjs";

const { AUDIENCE = "https://api.example.com", ISSUER, DANGER_LOOPBACK_ISSUERS, HOST = "127.0.0.1", PORT = "8080" } = process.env;
if (!ISSUER) throw new Error("Set ISSUER: the issuer of the account whose roles may call.");

const exporter = new ConsoleMetricExporter();
const provider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 10_000 })],
});
const verifier = createVerifier(
  {
    audience: AUDIENCE,
    trust: [{ issuer: ISSUER, principals: "arn:aws:iam::*:role/billing/*" }],
    // For development alone: a local issuer (`countersign issuer`), which stands in for AWS.
    ...(DANGER_LOOPBACK_ISSUERS && { dangerLoopbackIssuers: DANGER_LOOPBACK_ISSUERS.split(",") }),
  },
  { onEvent: telemetryOf(provider.getMeter("countersign")) },
);

const whoami = authenticate(verifier);

const server = createServer((request, response) => {
  if (request.url === "/health") {
    response.end("ok\n");
    return;
  }
  // What is no refusal is an error of the service.
  whoami(request, response, (error) => {
    if (error !== undefined) {
      console.error(error);
      response.writeHead(500).end();
      return;
    }
    const { principal, rule } = request.identity;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ principal: principal.arn, account: principal.account, rule }));
  });
}).listen(Number(PORT), HOST, async () => {
  const { ready } = await verifier.ready();
  console.log(`listening on port ${PORT}; keys are ${ready ? "here" : "not here yet"}`);
});

process.once("SIGTERM", async () => {
  server.close();
  // What was not exported yet is.
  await provider.shutdown();
});
