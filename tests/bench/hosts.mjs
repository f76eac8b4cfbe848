// RS256 as it is by default, on each host that is found here, beside that host's own function; and from it, what
// everything but the signature takes.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";

import { version } from "./machine.mjs";
import { loadOthers } from "./others-in-wasm.mjs";
import { ON_HOST } from "./ours.mjs";
import { interleave } from "./rounds.mjs";
import { differences, summary } from "./summary.mjs";
import { AUDIENCE, ISSUER, sample, swapped } from "./tokens.mjs";

const FOLDER = `${process.env.COUNTERSIGN_TARBALL_DIR}/bench`;
const here = (path) => new URL(path, import.meta.url).pathname;
const HOSTS = {
  Node: [process.execPath],
  Bun: [here("node_modules/.bin/bun")],
  Deno: [here("node_modules/.bin/deno"), "run", "--quiet", "--allow-all"],
};

/** By host: microseconds per verification, whole and bare, and the difference; and SHA-2 in wasm. */
export async function measure({ tokens, rounds, warmUp }) {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ["on-host.mjs", "rounds.mjs"]) {
    cpSync(here(file), `${FOLDER}/${file}`);
  }
  const { jwk, tokens: all } = sample("RS256", tokens);
  const job = { issuer: ISSUER, audience: AUDIENCE, jwk, tokens: all, bad: swapped(all), rounds, warmUp };
  writeFileSync(`${FOLDER}/job.json`, JSON.stringify(job));
  const hosts = {};
  for (const [host, command] of Object.entries(HOSTS)) {
    hosts[host] = version(command[0], ["--version"]) === null ? null : beside(command);
  }
  return { onHost: ON_HOST, hosts, hashing: await hashing(all, { rounds, warmUp }) };
}

function beside([program, ...args]) {
  const printed = execFileSync(program, [...args, `${FOLDER}/on-host.mjs`, `${FOLDER}/job.json`], { cwd: FOLDER });
  const { countersign, bare } = JSON.parse(printed.toString());
  return { whole: summary(countersign), bare: summary(bare), beyond: summary(differences(countersign, bare)) };
}

/** SHA-256 and SHA-384 of what is signed, by the crate that the package uses, without the crossing. */
async function hashing(tokens, plan) {
  const others = await loadOthers();
  const inputs = tokens.map((token) => Buffer.from(token.slice(0, token.lastIndexOf("."))));
  const times = await interleave(
    ["sha256", "sha384", "cross"].map((name) => ({ name, inputs, verify: (content) => others[name](content) })),
    plan,
  );
  return {
    "SHA-256": summary(differences(times.sha256, times.cross)),
    "SHA-384": summary(differences(times.sha384, times.cross)),
  };
}
