/**
 * A verifier's events as OpenTelemetry metrics. Names follow OpenTelemetry's: durations in seconds, and
 * attributes of few values only. An issuer is none of these where a whole organization is trusted, so that
 * verdicts are counted without it.
 */
export function telemetryOf(meter) {
  const verifications = meter.createHistogram("countersign.verification.duration", {
    description: "How long verdicts took, waiting for keys included",
    unit: "s",
    advice: { explicitBucketBoundaries: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] },
  });
  const fetches = meter.createHistogram("countersign.fetch.duration", {
    description: "How long fetches of issuers' documents took",
    unit: "s",
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] },
  });
  const keys = meter.createCounter("countersign.keys.changes", {
    description: "Keys that arrived, were replaced or withdrawn, and fetches that brought none",
  });
  const failures = meter.createCounter("countersign.internal.failures", {
    description: "WebAssembly instances that were given up",
  });

  /** The `onEvent` option. */
  return function onEvent(event) {
    switch (event.type) {
      case "verified":
        verifications.record(event.durationMs / 1000, { verdict: "verified", stale: event.stale });
        break;
      case "refused":
        verifications.record(event.durationMs / 1000, { verdict: event.code, stale: event.stale });
        break;
      case "fetch":
        fetches.record(event.durationMs / 1000, {
          purpose: event.purpose,
          background: event.background,
          outcome: event.failure ?? String(event.status),
        });
        break;
      case "keys":
        if (event.kind === "failed") {
          keys.add(1, { change: "failed" });
        } else {
          for (const change of ["added", "replaced", "withdrawn"]) {
            keys.add(event[change].length, { change });
          }
        }
        break;
      case "internal":
        failures.add(1);
    }
  };
}
