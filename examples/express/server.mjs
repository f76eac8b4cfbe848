/** An Express service that takes AWS's tokens. */
import { createVerifier } from "countersign";
import { authenticate, identityOf } from "countersign/express";
import express from "express";

import { policy } from "./policy.mjs";

const { HOST = "127.0.0.1", PORT = "8080" } = process.env;
const verifier = createVerifier(policy);
const app = express();
app.disable("x-powered-by");

app.get("/health", (_request, response) => {
  response.send("ok\n");
});

// All that follows needs a token. Callers are not told why one is refused, the log is.
app.use(authenticate(verifier, { onRefused: (error) => console.warn(JSON.stringify(error)) }));

app.get("/whoami", (request, response) => {
  const { principal, rule } = identityOf(request);
  response.json({ principal: principal.arn, account: principal.account, rule });
});

const server = app.listen(Number(PORT), HOST, (error) => {
  if (error) throw error;
  console.log(`listening on http://${HOST}:${PORT}`);
});
process.once("SIGTERM", () => server.close());
