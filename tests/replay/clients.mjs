/** The clients that people use, as they make them: name → a connected client, and how to close it. */
import { once } from "node:events";

import { Cluster as Cluster6, Redis as Redis6 } from "ioredis";
import { Cluster as Cluster5, Redis as Redis5 } from "ioredis-5";
import * as node6 from "redis";
import * as node4 from "redis-4";
import * as node5 from "redis-5";

export const CLIENTS = {
  "redis 6": (port) => nodeRedis(node6.createClient({ url: url(port) })),
  "redis 6 over RESP3": (port) => nodeRedis(node6.createClient({ url: url(port), RESP: 3 })),
  "redis 6 pool": (port) => nodeRedis(node6.createClientPool({ url: url(port) })),
  "redis 6 with replies as buffers": (port) => {
    const { BLOB_STRING, NUMBER, SIMPLE_STRING } = node6.RESP_TYPES;
    const typeMapping = { [BLOB_STRING]: Buffer, [NUMBER]: String, [SIMPLE_STRING]: Buffer };
    return nodeRedis(node6.createClient({ url: url(port), commandOptions: { typeMapping } }));
  },
  "redis 6 without a queue": (port) => nodeRedis(node6.createClient({ url: url(port), disableOfflineQueue: true })),
  "redis 5": (port) => nodeRedis(node5.createClient({ url: url(port) })),
  "redis 4": (port) => nodeRedis(node4.createClient({ url: url(port) })),
  "ioredis 6": (port) => ioredis(new Redis6(port, "127.0.0.1")),
  "ioredis 6 with numbers as texts and a key prefix": (port) =>
    ioredis(new Redis6(port, "127.0.0.1", { stringNumbers: true, keyPrefix: "" })),
  "ioredis 6 without a queue": (port) => ioredis(new Redis6(port, "127.0.0.1", { enableOfflineQueue: false })),
  "ioredis 5": (port) => ioredis(new Redis5(port, "127.0.0.1")),
};

/** The same for a cluster, by one of its nodes. */
export const CLUSTER_CLIENTS = {
  "redis 6 cluster": (port) => nodeRedis(node6.createCluster({ rootNodes: [{ url: url(port) }] })),
  "redis 5 cluster": (port) => nodeRedis(node5.createCluster({ rootNodes: [{ url: url(port) }] })),
  "redis 4 cluster": (port) => nodeRedis(node4.createCluster({ rootNodes: [{ url: url(port) }] })),
  "ioredis 6 cluster": (port) => ioredis(new Cluster6([{ host: "127.0.0.1", port }])),
  "ioredis 5 cluster": (port) => ioredis(new Cluster5([{ host: "127.0.0.1", port }])),
};

function url(port) {
  return `redis://127.0.0.1:${port}`;
}

async function nodeRedis(client) {
  // Without a listener a lost connection would end the process.
  client.on("error", () => undefined);
  await client.connect();
  return { client, close: () => (client.destroy ?? client.disconnect).call(client) };
}

async function ioredis(client) {
  client.on("error", () => undefined);
  await once(client, "ready");
  return { client, close: () => client.disconnect() };
}
