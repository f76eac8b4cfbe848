/** Requests sent as they are, several headers of one name among them, and answers as far as they are compared. */
import { request } from "node:http";

export function ask(origin, { path = "/", method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}${path}`, { method, headers, agent: false }, async (answer) => {
      const chunks = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve(seen(answer.statusCode, (name) => answer.headers[name] ?? null, Buffer.concat(chunks).toString()));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** What of an answer is compared. How a framework tells of a failure inside is its own. */
export function seen(status, header, body) {
  const answer = { status, challenge: header("www-authenticate"), retryAfter: header("retry-after") };
  if (status === 500) {
    return answer;
  }
  if (status !== 200) {
    answer.type = header("content-type");
    answer.cache = header("cache-control");
  }
  return { ...answer, body: body === "" ? "" : JSON.parse(body) };
}
