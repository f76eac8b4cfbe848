// Reads Markdown as a reader would who tries everything: saves what is to be saved, runs what is to be run.
//
// A comment before each fenced block says how:
//   <!-- file: NAME -->        the block is saved as that file
//   <!-- part of: NAME -->     the block stands in that file, which was saved before
//   <!-- run -->               run in the reader's folder
//   <!-- run: fails with N --> the same, and it ends with that exit code
//   <!-- run: beside -->       run in the reader's folder, which lies beside the clone
//   <!-- run: background -->   started, and kept running until the end
//   <!-- run: install -->      run in the clone, installing into a folder of the test's
//   <!-- run: by the tests --> a task of xtask that the tests run anyway, or are; it must exist
//   <!-- output -->            what the block before printed, word for word; … stands for what differs between runs
//   <!-- shown: WHY -->        not run, and why
// Rust blocks are documentation tests of the crate in tests/. A block without a comment fails the test.
// A comment `<!-- check: COMMAND -->` is a command that is run though nobody sees it.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The fenced blocks of a Markdown text, and the commands that are only checked. */
export function blocks(markdown) {
  const lines = markdown.split("\n");
  const found = [];
  for (let at = 0; at < lines.length; at += 1) {
    const check = /^<!-- check: (.*) -->$/.exec(lines[at])?.[1];
    if (check !== undefined) found.push({ line: at + 1, language: "sh", how: "check", text: `${check}\n` });
    // The language, and whatever the page shows beside it, such as `js{2} [verify.mjs]`.
    const fence = /^(`{3,})(\S*)/.exec(lines[at]);
    if (fence === null) continue;
    const language = /^\w*/.exec(fence[2])[0];
    const how = /^<!-- (.*) -->$/.exec(lines[at - 1] ?? "")?.[1];
    const end = lines.indexOf(fence[1], at + 1);
    assert.ok(end > at, `line ${at + 1}: the block does not end`);
    found.push({ line: at + 1, language, how, text: `${lines.slice(at + 1, end).join("\n")}\n` });
    at = end;
  }
  return found;
}

export class Reader {
  #background = [];
  #output;
  #saved = new Map();

  /** `folder` is the reader's; `root` the clone; `around` for what only the test needs. */
  constructor({ folder, root, around, environment, rustTests }) {
    Object.assign(this, { folder, root, around, environment: { ...environment }, rustTests });
  }

  /** The files that were saved, with their texts. */
  get files() {
    return this.#saved;
  }

  /** Ends what was started. */
  end() {
    for (const child of this.#background) {
      try {
        process.kill(-child.pid);
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
    }
  }

  async perform({ language, how, text, line }) {
    if (language === "rust" && !how?.startsWith("file: ") && !how?.startsWith("part of: ")) {
      const tests = readFileSync(join(this.root, "tests/src/lib.rs"), "utf8");
      assert.ok(tests.includes(`include_str!("../../${this.rustTests}")`), "Rust blocks are documentation tests");
      return;
    }
    assert.ok(how, `line ${line}: no comment says how to run this block`);
    const [verb, argument] = split(how);
    switch (verb) {
      case "file":
        this.#save(argument, text);
        return;
      case "part of":
        assertPart(this.#saved.get(argument), text, argument);
        return;
      case "shown":
        assert.ok(argument?.length > 10, `line ${line}: why is it not run?`);
        return;
      case "output":
        assertOutput(this.#output, text);
        return;
      case "check":
        this.#run(text, this.folder, 0);
        return;
      default:
        assert.equal(verb, "run", `line ${line}: ${how}`);
        assert.equal(language, "sh", `line ${line}: only shell blocks are run`);
        await this.#runAs(argument, text, line);
    }
  }

  async #runAs(argument, text, line) {
    const status = /^fails with (\d+)$/.exec(argument ?? "")?.[1];
    if (argument === undefined || argument === "beside" || status !== undefined) {
      this.#run(text, this.folder, Number(status ?? 0));
    } else if (argument === "install") {
      this.#run(text, this.root, 0);
      assert.ok(existsSync(join(this.environment.CARGO_INSTALL_ROOT, "bin", "countersign")), "the binary is installed");
    } else if (argument === "background") {
      await this.#start(text);
    } else if (argument === "by the tests") {
      this.#run(`${text.trim()} --help`, this.root, 0);
    } else {
      assert.fail(`line ${line}: run: ${argument}`);
    }
  }

  #save(name, text) {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    this.#saved.set(name, text);
    if (name.endsWith(".json")) JSON.parse(text);
  }

  /** Runs a block; what it exports stays for the next ones, as in a reader's terminal. */
  #run(text, cwd, status) {
    const saved = join(this.around, "environment");
    const script = `exec 2>&1\ntrap 'env -0 > "$COUNTERSIGN_READER"' EXIT\n${text}`;
    const result = spawnSync("bash", ["-euo", "pipefail", "-c", script], {
      cwd,
      env: { ...this.environment, COUNTERSIGN_READER: saved },
      stdio: ["ignore", "pipe", "inherit"],
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(result.status, status, result.stdout);
    console.log(result.stdout.trimEnd());
    this.#output = result.stdout;
    for (const entry of readFileSync(saved, "utf8").split("\0")) {
      const equals = entry.indexOf("=");
      const name = entry.slice(0, equals);
      if (name.startsWith("AWS_")) this.environment[name] = entry.slice(equals + 1);
    }
  }

  async #start(text) {
    const child = spawn("bash", ["-c", `exec 2>&1\n${text}`], {
      cwd: this.folder,
      env: this.environment,
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#background.push(child);
    let heard = "";
    await new Promise((resolve, reject) => {
      child.stdout.on("data", (data) => {
        heard += data;
        if (/listening on/i.test(heard)) resolve();
      });
      child.on("exit", (code) => reject(new Error(`it ended with ${code} instead of listening: ${heard}`)));
    });
    this.#output = heard;
    child.removeAllListeners("exit");
    child.unref();
    child.stdout.unref();
  }
}

function split(how) {
  const colon = how.indexOf(": ");
  return colon < 0 ? [how] : [how.slice(0, colon), how.slice(colon + 2)];
}

/** Holds what was printed against what is shown, where `…` stands for anything, also for whole lines. */
export function assertOutput(printed, shown) {
  assert.ok(printed !== undefined, "nothing was run before this output");
  const clean = printed.replace(/\x1b\[[0-9;]*m/g, "").replace(/[ \t]+$/gm, "").trim();
  const pattern = shown
    .replace(/[ \t]+$/gm, "")
    .trim()
    .split("…")
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^]*?");
  if (!new RegExp(`^${pattern}$`).test(clean)) assert.equal(clean, shown.trim());
}

function assertPart(whole, part, name) {
  assert.ok(whole !== undefined, `${name} was not saved before`);
  const plain = (text) => text.replace(/^\s+/gm, "").trim();
  assert.ok(plain(whole).includes(plain(part)), `${name} does not contain this:\n${part}`);
}
