import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";

import { generate } from "selfsigned";

import { CONTENDERS, versions } from "./contenders.mjs";
import { better, markdown, US } from "./table.mjs";

const DOCUMENT = join(import.meta.dirname, "../../docs/peers.md");
const names = Object.keys(CONTENDERS);
const folder = mkdtempSync(join(tmpdir(), "countersign-peers-"));
after(() => rmSync(folder, { recursive: true }));
const table = await measured();
console.log(`\n${markdown(table, names)}\n`);

async function measured() {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    notAfterDate: new Date(Date.now() + 86_400_000),
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const files = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
  writeFileSync(files.key, key);
  writeFileSync(files.cert, cert);
  const env = {
    ...process.env,
    PEERS_TLS_KEY: files.key,
    PEERS_TLS_CERT: files.cert,
    NODE_EXTRA_CA_CERTS: files.cert,
  };
  const results = {};
  const queue = [...names];
  const worker = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const { stdout } = await promisify(execFile)(process.execPath, ["run.mjs", name], {
        cwd: import.meta.dirname,
        env,
        timeout: 120_000,
      });
      results[name] = JSON.parse(stdout);
    }
  };
  await Promise.all([worker(), worker()]);
  return results[US].map(({ title, expected }, index) => ({
    title,
    expected,
    cells: Object.fromEntries(names.map((name) => [name, results[name][index]])),
  }));
}

for (const { title, expected, cells } of table) {
  test(`${title}: as it must be, and nobody does better`, () => {
    assert.equal(cells[US].text, expected);
    assert.deepEqual(better(cells), []);
  });
}

test("somebody who does better would be named", () => {
  const cells = { [US]: { rank: 1 }, one: { rank: 0 }, other: { rank: 1 } };
  assert.deepEqual(better(cells), ["one"]);
});

test("in each row somebody does worse, or the row says nothing", () => {
  const equal = table.filter(({ cells }) => new Set(names.map((name) => cells[name].rank)).size === 1);
  assert.deepEqual(equal.map(({ title }) => title), []);
});

test("docs/peers.md shows this table", () => {
  const text = document();
  if (process.env.COUNTERSIGN_WRITE === "peers") {
    writeFileSync(DOCUMENT, text);
  }
  assert.equal(readFileSync(DOCUMENT, "utf8"), text, "run cargo xtask peers --write");
});

function document() {
  return `<!-- Written by \`cargo xtask peers --write\`: do not edit. -->

# Beside others

What this package and others do in the same situations. Every cell was produced by running the package named,
used as its own documentation says for this task: issuer and audience are told, all else is as shipped. The
issuer is an https server on the same machine, and where a row waits, the clock was put forward. What is worse
than the best of its row is in italics. \`cargo xtask peers\` runs it again, and so does \`cargo xtask test\`, which
fails when any of the others does better.

${markdown(table, names)}

${names.map((name) => `- **${name}**: ${versions(CONTENDERS[name])}`).join("\n")}

In the rows about tokens and keys, the same token without the fault was accepted first, so that a refusal is
for the fault. Right after keys were fetched, a made-up key id fetches nothing. The next numbers of a published id
(\`RSA_1\` and \`RSA_2\` beside \`RSA_0\`) may be a rotation, and are asked for: once for each in ten seconds,
within the issuer's budget.
`;
}
