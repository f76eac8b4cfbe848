// An issuer on loopback that fails as it is told, and signs tokens.
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { randomUUID } from "node:crypto";
import { ANSWERS } from "./answers.mjs";
import { selfSigned } from "./certificate.mjs";
import { algorithmOf, claimsOf, jwk, keyPair, signed } from "./signing.mjs";

const LABEL = "7d0c3b52";
const WELL_KNOWN = ["/.well-known/openid-configuration", "/.well-known/jwks.json"];

export class Issuer {
  #server;
  #port;
  #pairs = new Map();
  #published = [];
  #answers = {};
  #counts = { requests: 0, strangers: 0, connections: 0 };
  #open = new Set();

  /** Starts. `elsewhere` is a URL that it may redirect to. */
  async start({ tls = false, elsewhere } = {}) {
    const serve = (request, response) => this.#serve(request, response);
    this.#server = tls ? createTlsServer(await selfSigned(), serve) : createServer(serve);
    this.#server.on("connection", () => (this.#counts.connections += 1));
    await this.listen();
    this.origin = tls ? `https://localhost:${this.#port}` : `http://127.0.0.1:${this.#port}`;
    this.issuer = `${this.origin}/${LABEL}`;
    this.jwks = this.issuer + WELL_KNOWN[1];
    this.elsewhere = elsewhere;
    return { origin: this.origin, issuer: this.issuer, jwks: this.jwks };
  }

  /** Listens, again on the same port if it did before. */
  async listen() {
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port ?? 0, "127.0.0.1", resolve);
    });
    this.#port = this.#server.address().port;
  }

  /** Stops listening, and ends every connection. */
  async close() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Fails in this way, until told otherwise; with null it is well. */
  fail(fault) {
    if (fault !== null && !(fault in ANSWERS)) {
      throw new Error(`no such fault: ${fault}`);
    }
    this.#answers = fault === null ? {} : ANSWERS[fault];
  }

  /** Publishes these keys and no others: `[{ kid, pair }]`, the pairs by name. */
  async publish(keys) {
    for (const { kid, pair } of keys) {
      await this.pair(kid, pair);
    }
    this.#published = keys;
  }

  /** Makes a key pair without publishing it. */
  async pair(kid, pair) {
    if (!this.#pairs.has(pair)) {
      this.#pairs.set(pair, await keyPair(algorithmOf(kid)));
    }
  }

  /** Forgets a pair that signs no more. */
  forget(pair) {
    this.#pairs.delete(pair);
  }

  /** Tokens, each with an id of its own. */
  mint({ kid, pair, now, count = 1, header = {}, claims = {}, rename = kid }) {
    const algorithm = algorithmOf(kid);
    const names = { kid: rename, typ: "JWT", alg: algorithm, ...header };
    return Array.from({ length: count }, () =>
      signed(this.#pairs.get(pair), algorithm, names, claimsOf({ iss: this.issuer, jti: randomUUID(), ...claims }, now)));
  }

  /** What was asked of it so far, and how many answers are still under way. */
  counts() {
    return { ...this.#counts, open: this.#open.size };
  }

  #serve(request, response) {
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    // A client that goes away in the middle of an answer is what the tests are about.
    response.on("error", () => undefined);
    const document = WELL_KNOWN.findIndex((path) => request.url === `/${LABEL}${path}`);
    if (document < 0) {
      this.#counts.strangers += 1;
      response.writeHead(404).end("no such issuer");
      return;
    }
    this.#counts.requests += 1;
    const [name, healthy] = document === 1
      ? ["keys", { keys: this.#published.map(({ kid, pair }) => jwk(this.#pairs.get(pair), kid)) }]
      : ["discovery", { issuer: this.issuer, jwks_uri: this.jwks }];
    const answer = this.#answers[name];
    if (answer === undefined) {
      response.end(JSON.stringify(healthy));
    } else {
      answer(response, healthy, this);
    }
  }
}
