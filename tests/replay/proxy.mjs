/** What stands between a client and a server, and can hold replies back or put others in their place. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

export async function startProxy(target) {
  const sockets = new Set();
  let held = null;
  let instead = null;
  const listener = createServer((client) => {
    const server = connect(target, "127.0.0.1");
    for (const [socket, other] of [[client, server], [server, client]]) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
    client.pipe(server);
    server.on("data", (reply) => {
      const write = () => client.writable && client.write(instead ?? reply);
      held === null ? write() : held.push(write);
    });
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: listener.address().port,
    /** Keeps replies back until `release`. */
    hold() {
      held = [];
    },
    release() {
      const waiting = held;
      held = null;
      waiting.forEach((write) => write());
    },
    /** Has each reply be this one; `null` lets the server speak again. */
    answer(reply) {
      instead = reply;
    },
    async stop() {
      listener.close();
      sockets.forEach((socket) => socket.destroy());
      await once(listener, "close");
    },
  };
}
