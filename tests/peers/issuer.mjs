// An issuer's key set on loopback. The issuer's name is of AWS's form, as the tokens say; where its keys
// are is told to each contender in its own way. Over http: a certificate would test nothing here.
import { createServer } from "node:http";

/** Serves a key set, and counts. */
export class Issuer {
  #server = createServer((request, response) => this.#answer(request, response));
  #underWay = 0;
  #headers = { "content-type": "application/json", connection: "close" };
  #body = Buffer.alloc(0);
  #isDown = false;
  /** Requests for the key set, answered or not. */
  fetches = 0;
  /** Bytes of bodies handed to the network. */
  sent = 0;

  static async open(keySet, headers = {}) {
    const issuer = new Issuer();
    Object.assign(issuer.#headers, headers);
    issuer.publish(keySet);
    await new Promise((resolve) => issuer.#server.listen(0, "127.0.0.1", resolve));
    return issuer;
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  get keySetUrl() {
    return `${this.origin}/.well-known/jwks.json`;
  }

  publish(keySet) {
    this.#body = Buffer.from(JSON.stringify(keySet));
  }

  /** From now on every connection is reset. */
  goDown() {
    this.#isDown = true;
  }

  /** Waits until nothing is being fetched any more, in the background either. */
  async idle() {
    do {
      for (let turn = 0; turn < 5; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    } while (this.#underWay > 0);
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    if (request.url !== "/.well-known/jwks.json") {
      response.writeHead(404, this.#headers).end("{}");
      return;
    }
    this.fetches += 1;
    this.#underWay += 1;
    response.on("close", () => {
      this.#underWay -= 1;
    });
    if (this.#isDown) {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(200, this.#headers);
    await this.#send(response);
    response.end();
  }

  /** In pieces, each when the one before is on its way: what nobody reads is not sent. */
  async #send(response) {
    const body = this.#body;
    for (let at = 0; at < body.length && !response.destroyed; at += PIECE) {
      const piece = body.subarray(at, at + PIECE);
      this.sent += piece.length;
      if (!response.write(piece)) {
        await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
      }
    }
  }
}

const PIECE = 65_536;
