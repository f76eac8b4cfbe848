/** Issuers on one https server of this host, each under a path of its own. */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { once } from "node:events";

const issuers = new Map();

const server = createServer(
  { key: readFileSync(process.env.PEERS_TLS_KEY), cert: readFileSync(process.env.PEERS_TLS_CERT) },
  (request, response) => {
    const [, name, ...rest] = request.url.split("/");
    const issuer = issuers.get(name);
    const document = rest.join("/");
    if (issuer === undefined || issuer.isDown) {
      request.socket.destroy();
    } else if (document === ".well-known/openid-configuration") {
      respond(response, issuer, { issuer: issuer.url, jwks_uri: issuer.jwksUri });
    } else if (document === ".well-known/jwks.json") {
      issuer.fetches += 1;
      respond(response, issuer, { keys: issuer.keys.map(({ jwk }) => jwk) });
    } else {
      response.writeHead(404).end();
    }
  },
);

function respond(response, { cacheControl, padding }, document) {
  if (cacheControl !== undefined) {
    response.setHeader("cache-control", cacheControl);
  }
  response.setHeader("content-type", "application/json");
  const text = JSON.stringify(document);
  if (padding === 0 || document.keys === undefined) {
    response.end(text);
    return;
  }
  // White space within the document, so that it stays the same document, sent as it is taken.
  const chunk = Buffer.alloc(64 * 1024, " ");
  let left = padding;
  response.write(text.slice(0, -1));
  const send = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once("drain", send);
        return;
      }
    }
    response.end("}");
  };
  send();
}

/** An issuer with these keys, whose answers its members change. */
export async function newIssuer(...keys) {
  if (!server.listening) {
    server.listen(0, "localhost");
    server.unref();
    await once(server, "listening");
  }
  const name = crypto.randomUUID();
  const url = `https://localhost:${server.address().port}/${name}`;
  const issuer = {
    url,
    jwksUri: `${url}/.well-known/jwks.json`,
    keys,
    /** How often the key set was asked for. */
    fetches: 0,
    isDown: false,
    cacheControl: undefined,
    /** How many bytes of white space the key set has. */
    padding: 0,
  };
  issuers.set(name, issuer);
  return issuer;
}

/** The bytes that this server has sent, over all connections that were ever made. */
export function bytesSent() {
  return sent;
}

let sent = 0;
server.on("secureConnection", (socket) => {
  let seen = 0;
  const count = () => {
    sent += socket.bytesWritten - seen;
    seen = socket.bytesWritten;
  };
  const timer = setInterval(count, 10).unref();
  socket.on("close", () => {
    count();
    clearInterval(timer);
  });
});
