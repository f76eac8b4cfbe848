/** An issuer on a socket, by `node:http`: Node, Deno and Bun have it. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { OptionsError } from "../errors.js";
import { internalFailure } from "./local-issuer.js";
import type { IssuerRequest, IssuerResponse } from "./local-issuer.js";

/** Where to listen, and who answers. */
export interface ServerSettings {
  /** An address of this machine. Whoever reaches another one can mint tokens as anyone. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Answers one request. What it throws or rejects with is answered as AWS's internal failure. */
  readonly respond: (request: IssuerRequest) => IssuerResponse | Promise<IssuerResponse>;
}

/** A server that listens. */
export interface ListeningServer {
  /** Where it is reached from this machine, without a slash at the end. */
  readonly url: string;
  /** Stops listening. Answers at hand have a moment to go out, or as many milliseconds as they are given. */
  close(graceMilliseconds?: number): Promise<void>;
}

/**
 * Listens, and resolves when it does.
 *
 * @throws {OptionsError} `options.type` where there is no `node:http`.
 */
export async function listen({ host, port, respond }: ServerSettings): Promise<ListeningServer> {
  const server = http().createServer((request, response) => {
    void answer(request, response, respond);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  return { url: baseUrl(server.address() as AddressInfo), close: (grace = GRACE_MILLISECONDS) => closed(server, grace) };
}

function http(): typeof import("node:http") {
  // Not imported: bundlers for other hosts would look for it.
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const found = process?.getBuiltinModule?.("node:http");
  if (found === undefined) {
    const message = "There is no `node:http` to listen with: it takes Node 20.16 or later, Deno or Bun.";
    throw new OptionsError("options.type", "listen", message);
  }
  return found as typeof import("node:http");
}

/** Fifty tags of four-octet characters, each written as `%xx`, stay below this. */
const MAX_BODY = 512 * 1024;

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  respond: ServerSettings["respond"],
): Promise<void> {
  const body = await read(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { connection: "close" }).end();
    return;
  }
  let answered: IssuerResponse;
  try {
    answered = await respond(requestOf(incoming, body));
  } catch (error) {
    answered = internalFailure(error instanceof Error ? error.message : String(error));
  }
  const { status, headers, body: text } = answered;
  const octets = new TextEncoder().encode(text);
  outgoing.writeHead(status, [...headers.flat(), "content-length", String(octets.length)]).end(octets);
}

/** The whole body; nothing when it is larger than any client's, or the client went away. */
async function read(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_BODY) {
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function requestOf(incoming: IncomingMessage, body: Uint8Array): IssuerRequest {
  const { method = "GET", url = "/", rawHeaders, socket } = incoming;
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
  }
  // As sent through a proxy: with scheme and host.
  const target = url.replace(/^https?:\/\/[^/?]*/i, "") || "/";
  return { method, target, headers, body, loopback: LOOPBACK.test(socket.remoteAddress ?? "") };
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

function baseUrl({ address, family, port }: AddressInfo): string {
  const any: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const host = any[address] ?? address;
  return family === "IPv6" ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

/** How long answers at hand have. */
const GRACE_MILLISECONDS = 200;

function closed(server: Server, graceMilliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer =
      graceMilliseconds === Infinity ? undefined : setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
