/** A real Redis or Valkey on loopback: a port of its own, nothing kept on disk, ended with its test. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The servers that this machine has. Both speak one protocol; at least one must be here. */
export const SERVERS = ["redis-server", "valkey-server"].filter(isHere);

if (SERVERS.length === 0) {
  throw new Error("neither redis-server nor valkey-server is here: apt-get install redis-server");
}

/** Starts a server, again on the port of one that was stopped if it is given. */
export async function startServer(program = SERVERS[0], { port = 0, settings = [] } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    const at = port === 0 ? await freePort() : port;
    const folder = mkdtempSync(join(tmpdir(), "countersign-replay-"));
    const given = ["--port", at, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
    const child = spawn(program, [...given, ...settings].map(String), { stdio: ["ignore", "pipe", "inherit"] });
    const kill = () => child.kill("SIGKILL");
    process.on("exit", kill);
    const log = [];
    child.stdout.on("data", (chunk) => log.push(chunk));
    const ended = once(child, "exit").then(() => {
      process.off("exit", kill);
      rmSync(folder, { recursive: true, force: true });
    });
    const server = {
      port: at,
      /** Sends one command, and answers the raw reply. */
      command: (...words) => command(at, words),
      async stop() {
        kill();
        await ended;
      },
    };
    if (await Promise.race([answers(server), ended.then(() => false)])) {
      return server;
    }
    // Someone else took the port meanwhile.
    if (port !== 0 || attempt === 4) {
      throw new Error(`${program} does not start:\n${Buffer.concat(log)}`);
    }
  }
}

async function answers(server) {
  for (;;) {
    try {
      if ((await server.command("PING")) === "+PONG\r\n") {
        return true;
      }
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One command on a connection of its own, with no client of anyone's between. */
async function command(port, words) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
  socket.end(`*${words.length}\r\n${parts.join("")}`);
  const reply = [];
  for await (const chunk of socket) {
    reply.push(chunk);
  }
  return Buffer.concat(reply).toString();
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function isHere(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
