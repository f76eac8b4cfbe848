// What a failing issuer answers, by the name of the fault. An answer gets the response, the document that a
// healthy issuer would send, and the issuer.
import { gzipSync } from "node:zlib";

const BOMB = gzipSync(Buffer.alloc(32 << 20, " "));
const LARGE = Buffer.alloc(30 << 20, " ");
const CHUNK = Buffer.alloc(16 << 10, " ");

const send = (text, { status = 200, ...headers } = {}) => (response) => response.writeHead(status, headers).end(text);
const change = (edit) => (response, healthy, issuer) => response.end(JSON.stringify(edit(healthy, issuer)));
const redirect = (status, to) => (response, _healthy, issuer) => response.writeHead(status, { location: to(issuer) }).end("moved");
const cached = (value) => (response, healthy) => response.writeHead(200, { "cache-control": value }).end(JSON.stringify(healthy));
const well = (response, healthy) => response.end(JSON.stringify(healthy));

const keys = (answer) => ({ keys: answer });
const both = (answer) => ({ discovery: answer, keys: answer });

const never = () => {};

function drip(first, next) {
  return (response) => {
    response.write(first);
    const timer = setInterval(() => response.write(next), 50);
    response.on("close", () => clearInterval(timer));
  };
}

function endless(response) {
  const more = () => {
    while (!response.destroyed && response.write(CHUNK));
  };
  response.on("drain", more);
  more();
}

function cutOff(start, how) {
  return (response) => {
    response.write(start);
    setTimeout(() => response.socket?.[how](), 50);
  };
}

function promised(response) {
  response.writeHead(200, { "content-length": 9999 });
  cutOff("{", "destroy")(response);
}

/** Fails every other time that this document is asked for. */
function flapping(document) {
  return (response, healthy, issuer) => {
    const turns = (issuer.turns ??= { discovery: 0, keys: 0 });
    turns[document] += 1;
    (turns[document] % 2 === 1 ? send("no", { status: 500 }) : well)(response, healthy);
  };
}

function late(response, healthy) {
  setTimeout(() => well(response, healthy), 300);
}

const many = (number) => change(({ keys: [key] }) => ({ keys: Array.from({ length: number }, (_, at) => ({ ...key, kid: `K_${at}` })) }));

export const ANSWERS = {
  late: both(late),
  "slow headers": keys(never),
  "slow headers, discovery": { discovery: never },
  "slow body": keys(drip('{"keys":[', " ")),
  "slow body, discovery": { discovery: drip("{", " ") },
  "endless body": keys(endless),
  "endless body, discovery": { discovery: endless },
  "truncated, by its content-length": keys(promised),
  "truncated, in a chunk": keys(cutOff('{"keys":[', "destroy")),
  "gzip bomb, 32 MiB": keys(send(BOMB, { "content-encoding": "gzip" })),
  "document of 30 MiB": keys(send(LARGE)),
  "wrong content type": keys((response, healthy) => response.writeHead(200, { "content-type": "text/plain" }).end(JSON.stringify(healthy))),
  "wrong issuer in discovery": { discovery: change((document) => ({ ...document, issuer: `${document.issuer}/` })) },
  "jwks_uri on another origin": { discovery: change((document, { elsewhere }) => ({ ...document, jwks_uri: elsewhere })) },
  "redirect 301 to itself": keys(redirect(301, ({ jwks }) => jwks)),
  "redirect 302 to itself": keys(redirect(302, ({ jwks }) => jwks)),
  "redirect 307 to itself": keys(redirect(307, ({ jwks }) => jwks)),
  "redirect 308 to itself": keys(redirect(308, ({ jwks }) => jwks)),
  "redirect to another http origin": keys(redirect(302, ({ elsewhere }) => elsewhere)),
  "redirect to https": keys(redirect(302, () => "https://keys.invalid/jwks.json")),
  "redirect, discovery": { discovery: redirect(302, ({ elsewhere }) => elsewhere) },
  "reset before the headers": keys((response) => response.socket.resetAndDestroy()),
  "reset in the body": keys(cutOff("{", "resetAndDestroy")),
  "status 404": both(send("no", { status: 404 })),
  "status 429": both(send("no", { status: 429, "retry-after": "60" })),
  "status 500": both(send("no", { status: 500 })),
  "status 503": both(send("no", { status: 503, "retry-after": "60" })),
  "status 500 with an endless body": keys((response) => endless(response.writeHead(500))),
  flapping: { discovery: flapping("discovery"), keys: flapping("keys") },
  "invalid JSON": keys(send("{")),
  "HTML with status 200": keys(send("<html></html>", { "content-type": "text/html" })),
  "empty key set": keys(send('{"keys":[]}')),
  "101 keys": keys(many(101)),
  "duplicate members": keys((response, healthy) => response.end(JSON.stringify(healthy).replace("{", '{"keys":[],'))),
  "Cache-Control max-age=0": keys(cached("max-age=0")),
  "Cache-Control no-store": keys(cached("no-store")),
  "Cache-Control max-age=315360000": keys(cached("max-age=315360000")),
};
