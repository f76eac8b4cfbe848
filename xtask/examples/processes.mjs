// Programs that an example consists of: each in a process group of its own, so that what it starts ends with it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

/** How long a program may take to end by itself, in milliseconds. */
const GRACE = 10_000;

/**
 * Starts a program, whose output is kept, and shown where `show` says so.
 *
 * `stop()` asks it to end, and resolves to how it did: `{ code, signal, forced }`, `forced` where it or anything
 * that it had started did not end when asked.
 */
export function start([program, ...parameters], { cwd, env = process.env, show = false } = {}) {
  const child = spawn(program, parameters, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (stream === child.stdout) printed.push(line);
      if (show) console.log(line);
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  // Whoever awaits it is told; nobody has to.
  ended.catch(() => {});
  return {
    ended,
    /** All that it said, faults among it, and what it printed. */
    output: () => lines.join("\n"),
    printed: () => printed.join("\n"),
    /** The first line that it prints. */
    async firstLine() {
      // It may also end without one, by itself or by a signal.
      while (printed.length === 0 && child.exitCode === null && child.signalCode === null) {
        await Promise.race([setTimeout(10), ended]);
      }
      return printed[0];
    },
    async stop() {
      signalGroup(child.pid, "SIGTERM");
      const inTime = await Promise.race([ended.then(() => groupIsGone(child.pid)), setTimeout(GRACE, false, { ref: false })]);
      if (!inTime) signalGroup(child.pid, "SIGKILL");
      return { ...(await ended), forced: !inTime };
    },
  };
}

/** Runs a program to its end, which must be success; returns its output. */
export async function run(command, options) {
  const program = start(command, options);
  const { code, signal } = await program.ended;
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code ?? signal}:\n${program.output()}`);
  return program.output();
}

function signalGroup(pid, signal) {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
    return false;
  }
}

/** Whether all that a program had started has ended, within the same time. */
async function groupIsGone(pid) {
  const end = Date.now() + GRACE;
  while (Date.now() < end) {
    if (!signalGroup(pid, 0)) return true;
    await setTimeout(50);
  }
  return false;
}
