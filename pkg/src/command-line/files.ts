/** Files and the standard streams. */
import { closeSync, openSync, readSync, writeSync } from "node:fs";

import type { DoneAnswer, Reply } from "./requests.js";
import { systemError } from "./system-error.js";

const STDIN = 0;
const DESCRIPTORS = { stdout: 1, stderr: 2 };
const CHUNK_BYTES = 65536;

/** A file's octets, up to a limit. */
export function readFile(path: string, limit: number): Reply {
  let descriptor;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    return { answer: { unopened: systemError(error) } };
  }
  const read = new Collected(limit);
  try {
    readAll(descriptor, read);
    return { answer: "done", octets: read.octets() };
  } catch (error) {
    return { answer: { unread: systemError(error) } };
  } finally {
    closeSync(descriptor);
  }
}

/** The octets of standard input, up to a limit. */
export async function readStandardInput(limit: number): Promise<Reply> {
  const read = new Collected(limit);
  try {
    try {
      readAll(STDIN, read);
    } catch (error) {
      if (!isAgain(error)) {
        throw error;
      }
      // Whoever holds the other end made it answer at once even when there is nothing yet.
      for await (const chunk of process.stdin) {
        if (!read.add(chunk as Buffer)) {
          break;
        }
      }
    }
  } catch (error) {
    return { answer: { failed: systemError(error) } };
  }
  return { answer: "done", octets: read.octets() };
}

/** Writes a text, at once. */
export async function write(stream: "stdout" | "stderr", text: string): Promise<DoneAnswer> {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) {
      rest = rest.subarray(writeSync(DESCRIPTORS[stream], rest));
    }
  } catch (error) {
    return isAgain(error) ? writeWhenPossible(process[stream], rest) : { failed: systemError(error) };
  }
  return "done";
}

function writeWhenPossible(stream: NodeJS.WriteStream, octets: Uint8Array): Promise<DoneAnswer> {
  return new Promise((resolve) => {
    // It is told as an event too, and would end the process where nobody listens.
    stream.on("error", () => undefined);
    stream.write(octets, (error) => {
      resolve(error == null ? "done" : { failed: systemError(error) });
    });
  });
}

/** What was read, up to a limit. */
class Collected {
  readonly #chunks: Uint8Array[] = [];
  #room: number;

  constructor(limit: number) {
    this.#room = limit;
  }

  /** How much of a chunk to read at most; 0 at the limit. */
  get room(): number {
    return Math.min(this.#room, CHUNK_BYTES);
  }

  /** Says whether there is room for more. */
  add(chunk: Uint8Array): boolean {
    const taken = chunk.subarray(0, this.#room);
    this.#chunks.push(taken);
    this.#room -= taken.length;
    return this.#room > 0;
  }

  octets(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}

function readAll(descriptor: number, read: Collected): void {
  while (read.room > 0) {
    const chunk = Buffer.allocUnsafe(read.room);
    const count = readSync(descriptor, chunk);
    if (count === 0) {
      return;
    }
    read.add(chunk.subarray(0, count));
  }
}

function isAgain(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EAGAIN";
}
