/** A function behind the authorizer, which hands it the identity. */
import { identityOf } from "countersign/lambda";

export async function handler(event) {
  const { principal, rule } = identityOf(event);
  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ principal: principal.arn, account: principal.account, rule }),
  };
}
