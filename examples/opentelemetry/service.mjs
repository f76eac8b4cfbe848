/** A service that takes AWS's tokens, and shows every ten seconds what its verifier did. */
import { createServer } from "node:http";

import { ConsoleMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { createVerifier, VerificationError } from "countersign";

import { telemetryOf } from "./telemetry.mjs";

const { AUDIENCE, ISSUER, PORT = "8080" } = process.env;
if (AUDIENCE === undefined || ISSUER === undefined) {
  console.error("Set AUDIENCE and ISSUER: what tokens are asked for, and whose they are.");
  process.exit(2);
}

const exporter = new ConsoleMetricExporter();
const provider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 10_000 })],
});
const verifier = createVerifier(
  {
    audience: AUDIENCE,
    trust: [{ issuer: ISSUER }],
    // The local issuer (`countersign issuer`) stands in for AWS.
    ...(ISSUER.startsWith("http:") ? { dangerLoopbackIssuers: [new URL(ISSUER).origin] } : {}),
  },
  { onEvent: telemetryOf(provider.getMeter("countersign")) },
);

createServer(async (request, response) => {
  try {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const identity = await verifier.verify(token);
    response.end(`${identity.principal.arn}\n`);
  } catch (error) {
    const status = error instanceof VerificationError ? error.status : 500;
    response.writeHead(status).end();
  }
}).listen(Number(PORT), "127.0.0.1", async () => {
  const { ready } = await verifier.ready();
  console.log(`listening on port ${PORT}; keys are ${ready ? "here" : "not here yet"}`);
});
