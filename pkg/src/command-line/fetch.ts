/** Fetching a document as the command line says it word for word: how, through whom, and within which limits. */
import * as http from "node:http";
import type { IncomingMessage } from "node:http";
import * as https from "node:https";
import { connect as connectTcp, isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

import type { Exchange, Freshness, Reply, Tunnel } from "./requests.js";
import { systemError } from "./system-error.js";

/** Fetches it. Never rejects, and settles in time. */
export async function fetchDocument(exchange: Exchange): Promise<Reply> {
  const signal = AbortSignal.timeout(exchange.timeoutSeconds * 1000);
  try {
    return await receive(await answer(exchange, signal), exchange.maxBytes);
  } catch (error) {
    if (signal.aborted) {
      return { answer: "timeout" };
    }
    const failed = systemError(error);
    // Headers are limited by Node.
    return { answer: failed.code === "HPE_HEADER_OVERFLOW" ? "tooLarge" : { failed } };
  }
}

async function answer(exchange: Exchange, signal: AbortSignal): Promise<IncomingMessage> {
  const url = new URL(exchange.url);
  const { request } = url.protocol === "https:" ? https : http;
  const socket = await connection(url, exchange, signal);
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(exchange.headers);
    request(url, { headers, signal, createConnection: () => socket })
      .on("response", resolve)
      .on("error", reject)
      .end();
  });
}

async function connection(url: URL, exchange: Exchange, signal: AbortSignal): Promise<Duplex> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol === "http:") {
    return connectTcp({ host, port: Number(url.port || 80) });
  }
  const port = Number(url.port || 443);
  const through = exchange.proxy === null ? {} : { socket: await tunnel(exchange.proxy, host, port, exchange, signal) };
  return connectTls({ host, port, servername: host, ALPNProtocols: ["http/1.1"], ...through });
}

/** A connection through a proxy (CONNECT, RFC 9110, section 9.3.6). */
function tunnel(proxy: Tunnel, host: string, port: number, exchange: Exchange, signal: AbortSignal): Promise<Duplex> {
  const { request } = proxy.tls ? https : http;
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const agent = exchange.headers.filter(([name]) => name === "user-agent");
  const headers = Object.fromEntries([["host", target], ...agent]) as Record<string, string>;
  if (proxy.authorization !== null) {
    headers["proxy-authorization"] = proxy.authorization;
  }
  // The proxy's own certificate counts. Unless told, Node would look for the host that the headers name.
  const servername = isIP(proxy.host) === 0 ? proxy.host : "";
  const at = { host: proxy.host, port: proxy.port, servername };
  return new Promise((resolve, reject) => {
    request({ ...at, method: "CONNECT", path: target, headers, agent: false, signal })
      .on("connect", (response, socket) => {
        if (response.statusCode === 200) {
          resolve(socket);
        } else {
          socket.destroy();
          reject(new Error(`the proxy answers CONNECT with ${response.statusCode}`));
        }
      })
      .on("error", reject)
      .end();
  });
}

async function receive(response: IncomingMessage, maxBytes: number): Promise<Reply> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) {
      response.destroy();
      return { answer: "tooLarge" };
    }
    chunks.push(chunk as Buffer);
  }
  return {
    answer: { response: { status: response.statusCode ?? 0, freshness: freshness(response) } },
    octets: Buffer.concat(chunks),
  };
}

function freshness(response: IncomingMessage): Freshness {
  const joined = (name: string) => response.headersDistinct[name]?.join(", ") ?? null;
  return {
    age: joined("age"),
    cacheControl: joined("cache-control"),
    date: joined("date"),
    expires: joined("expires"),
  };
}
