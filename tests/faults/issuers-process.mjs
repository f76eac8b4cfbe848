// Issuers in a process of their own, so that the memory of the verifying one is its own. Started by issuers.mjs.
import { Issuer } from "./issuer.mjs";

const issuers = [];

process.on("message", async ({ call, issuer, method, args }) => {
  try {
    if (method === "new") {
      issuers.push(new Issuer());
    }
    const value = method === "new" ? issuers.length - 1 : await issuers[issuer][method](...args);
    process.send({ call, value });
  } catch (error) {
    process.send({ call, error: error.stack });
  }
});
process.on("disconnect", () => process.exit());
