/** One run of the command line: what it asks for is carried out, one thing after the other. */
import { readFileSync } from "node:fs";

import { Program, environmentVariables, initSync, unsavedState } from "countersign-command-line-bindings";

import { readFile, readStandardInput, write } from "./files.js";
import type { Reply, Request } from "./requests.js";
import { surroundings } from "./surroundings.js";

/** Runs the program with the arguments of this process. Resolves with its exit code. */
export async function run(): Promise<number> {
  initSync({ module: new WebAssembly.Module(readFileSync(new URL("../command-line.wasm", import.meta.url))) });
  const around = surroundings(JSON.parse(environmentVariables()) as string[]);
  const program = new Program(JSON.stringify(process.argv.slice(2)), JSON.stringify(around));
  for (;;) {
    const request = JSON.parse(program.step(Math.floor(Date.now() / 1000))) as Request;
    if (request.kind === "exit") {
      return request.code;
    }
    const { answer, octets } = await carryOut(request);
    program.reply(JSON.stringify(answer), octets ?? new Uint8Array());
  }
}

// Most runs neither fetch nor serve, and start the sooner without what that takes.
async function carryOut(request: Exclude<Request, { kind: "exit" }>): Promise<Reply> {
  switch (request.kind) {
    case "readFile":
      return readFile(request.path, request.limit);
    case "readStandardInput":
      return readStandardInput(request.limit);
    case "write":
      return { answer: await write(request.stream, request.text) };
    case "listen":
    case "openIssuer":
    case "serveIssuer": {
      const { carryOutForIssuer } = await import("./issuer.js");
      return { answer: await carryOutForIssuer(request, (reason) => unsavedState(JSON.stringify(reason))) };
    }
    case "fetch": {
      const { fetchDocument } = await import("./fetch.js");
      return fetchDocument(request.exchange);
    }
  }
}
