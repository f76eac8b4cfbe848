// Runs every command and snippet of README.md, in its order, as a reader would.
//
// A comment before each fenced block says how:
//   <!-- file: NAME -->        the block is saved as that file
//   <!-- run -->               run in the reader's folder
//   <!-- run: beside -->       run in the reader's folder, which lies beside the clone
//   <!-- run: background -->   started, and kept running until the end
//   <!-- run: install -->      run in the clone, installing into a folder of the test's
//   <!-- run: by the tests --> a task of xtask that the tests run anyway, or are; it must exist
// Rust blocks are documentation tests of the crate in tests/. A block without a comment fails the test.
//
// Needs: COUNTERSIGN_ROOT (the clone), and a PATH with cargo, node, npm and aws.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";

const root = process.env.COUNTERSIGN_ROOT;
assert.ok(root, "COUNTERSIGN_ROOT is not set: run `cargo xtask test`");

const around = mkdtempSync(join(tmpdir(), "countersign-readme-"));
const folder = join(around, "service");
mkdirSync(folder);
symlinkSync(root, join(around, "countersign"));
const installed = join(around, "installed");
const environment = {
  ...process.env,
  CARGO_INSTALL_ROOT: installed,
  // What the clone has built is there already; a reader would wait a little longer.
  CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(root, "target"),
  PATH: `${join(installed, "bin")}${delimiter}${process.env.PATH}`,
};

const background = [];
after(() => {
  for (const child of background) process.kill(-child.pid);
  rmSync(around, { recursive: true, force: true });
});

for (const block of blocks(readFileSync(join(root, "README.md"), "utf8"))) {
  test(`README line ${block.line}: ${block.how ?? block.language}`, { timeout: 900_000 }, () => perform(block));
}

/** The fenced blocks of a Markdown text that hold something to run or to save. */
function blocks(markdown) {
  const lines = markdown.split("\n");
  const found = [];
  for (let at = 0; at < lines.length; at += 1) {
    const language = /^```(\w+)$/.exec(lines[at])?.[1];
    if (language === undefined) continue;
    const how = /^<!-- (.*) -->$/.exec(lines[at - 1])?.[1];
    const end = lines.indexOf("```", at);
    found.push({ line: at + 1, language, how, text: `${lines.slice(at + 1, end).join("\n")}\n` });
    at = end;
  }
  assert.ok(found.length >= 8, `README has ${found.length} blocks; is the pattern still right?`);
  return found;
}

async function perform({ language, how, text, line }) {
  if (language === "rust") {
    const tests = readFileSync(join(root, "tests/src/lib.rs"), "utf8");
    assert.match(tests, /include_str!\("\.\.\/\.\.\/README\.md"\)/, "Rust blocks are documentation tests");
    return;
  }
  assert.ok(how, `line ${line}: no comment says how to run this block`);
  const [verb, argument] = how.split(": ");
  if (verb === "file") {
    writeFileSync(join(folder, argument), text);
    return;
  }
  assert.equal(verb, "run", `line ${line}: ${how}`);
  assert.equal(language, "sh", `line ${line}: only shell blocks are run`);
  switch (argument) {
    case undefined:
    case "beside":
      shell(text, folder);
      return;
    case "install":
      shell(text, root);
      assert.ok(existsSync(join(installed, "bin", "countersign")), "the binary is installed");
      return;
    case "background":
      await start(text);
      return;
    case "by the tests":
      shell(`${text.trim()} --help`, root);
      return;
    default:
      assert.fail(`line ${line}: ${how}`);
  }
}

/** Runs a block; what it exports stays for the next ones, as in a reader's terminal. */
function shell(text, cwd) {
  const script = `${text}\nenv -0 > "$COUNTERSIGN_README_ENV"`;
  const saved = join(around, "environment");
  const output = execFileSync("bash", ["-euo", "pipefail", "-c", script], {
    cwd,
    env: { ...environment, COUNTERSIGN_README_ENV: saved },
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  console.log(output.trimEnd());
  for (const entry of readFileSync(saved, "utf8").split("\0")) {
    const equals = entry.indexOf("=");
    const name = entry.slice(0, equals);
    if (name.startsWith("AWS_")) environment[name] = entry.slice(equals + 1);
  }
}

async function start(text) {
  const child = spawn("bash", ["-c", text], {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  background.push(child);
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (data) => {
      if (String(data).includes("listening on")) resolve();
    });
    child.on("exit", (code) => reject(new Error(`it ended with ${code} instead of listening`)));
  });
  child.removeAllListeners("exit");
  child.unref();
}

test("the service accepts the token, by the rule of README's policy", () => {
  const output = execFileSync("node", ["verify.mjs"], { cwd: folder, env: environment, encoding: "utf8" });
  assert.equal(
    output,
    'arn:aws:iam::111122223333:role/billing/Batch of o-abc1234567, by rule "our organization"\n',
  );
});
