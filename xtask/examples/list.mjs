// The examples: what starts each, and what it has to be told. `cargo xtask example NAME` runs one, and
// tests/examples runs them all.
import { join } from "node:path";

/**
 * Services answer `GET /whoami` with who called, and `GET /health` to anyone. Callers call such a service. A page
 * says whether a service would take a token.
 *
 * - `start`: the command, as the example's package has it, or a function of the environment;
 * - `build`: the commands before it;
 * - `trusts`: what its policy names, `"organization"` or `"issuer"`;
 * - `lacks`: whether it names the setting that is missing, and ends;
 * - `node`: the oldest major version of Node that its tools run on, where it is not the package's;
 * - `whoami`, `health`: the paths, where they are others;
 * - `challenge`: `"plain"` where it is without an error, as what stands before a service has no other.
 */
export const EXAMPLES = {
  express: { kind: "service", trusts: "organization", start: ["node", "server.mjs"], lacks: true },
  fastify: { kind: "service", trusts: "issuer", start: ["node", "server.mjs"], lacks: true },
  "hono-workers": {
    kind: "service",
    trusts: "organization",
    node: 22,
    // What `wrangler.jsonc` and `.dev.vars` say otherwise.
    start: ({ PORT, DANGER_LOOPBACK_ISSUERS }) => [
      ...["node_modules/.bin/wrangler", "dev", "--ip", "127.0.0.1", "--port", PORT],
      ...["--var", `DANGER_LOOPBACK_ISSUERS:${DANGER_LOOPBACK_ISSUERS}`],
    ],
    build: [["node_modules/.bin/wrangler", "deploy", "--dry-run", "--outdir", "bundled"]],
  },
  next: {
    kind: "service",
    trusts: "organization",
    start: ["node_modules/.bin/next", "start"],
    build: [["node_modules/.bin/next", "build"]],
    whoami: "/api/whoami",
  },
  lambda: {
    kind: "service",
    trusts: "organization",
    start: () => ["node", join(import.meta.dirname, "gateway.mjs"), "."],
    challenge: "plain",
  },
  deno: {
    kind: "service",
    trusts: "issuer",
    // The package is in `node_modules`, and not fetched.
    start: ["deno", "run", "--node-modules-dir=manual", "--allow-net", "--allow-env", "server.ts"],
    lacks: true,
  },
  bun: { kind: "service", trusts: "organization", start: ["bun", "server.ts"], lacks: true },
  axum: { kind: "service", trusts: "organization", start: () => [join(process.env.COUNTERSIGN_BUILT, "countersign-example-axum")], lacks: true },
  "rust-worker": {
    kind: "service",
    trusts: "organization",
    start: () => ["node", join(import.meta.dirname, "rust-worker.mjs"), "."],
  },
  opentelemetry: { kind: "service", trusts: "issuer", start: ["node", "service.mjs"] },
  browser: { kind: "page", start: ["node", "serve.mjs"], health: "/" },
  "caller-javascript": { kind: "caller", start: ["node", "caller.mjs"] },
  "caller-python": { kind: "caller", start: [".venv/bin/python", "caller.py"] },
  "caller-shell": { kind: "caller", start: ["sh", "caller.sh"] },
};
