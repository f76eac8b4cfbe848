// The issuers' process as seen from a test: every method of an issuer, answered by a promise.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export class Issuers {
  #child = fork(fileURLToPath(new URL("./issuers-process.mjs", import.meta.url)), { execArgv: [], serialization: "advanced", stdio: "inherit" });
  #calls = new Map();
  #next = 0;
  #ends = false;

  constructor() {
    this.#child.on("message", ({ call, value, error }) => {
      const { resolve, reject } = this.#calls.get(call);
      this.#calls.delete(call);
      error === undefined ? resolve(value) : reject(new Error(error));
    });
    this.#child.on("exit", (code) => {
      const gone = new Error(`the issuers' process ended with ${code}`);
      this.#calls.forEach(({ reject }) => reject(gone));
      if (!this.#ends) {
        throw gone;
      }
    });
  }

  /** An issuer, started: with `origin`, `issuer` and `jwks`. */
  async start(options) {
    const index = await this.#call(undefined, "new", []);
    const call = (method) => (...args) => this.#call(index, method, args);
    const methods = Object.fromEntries(METHODS.map((method) => [method, call(method)]));
    return { ...methods, ...(await this.#call(index, "start", [options ?? {}])) };
  }

  end() {
    this.#ends = true;
    this.#child.disconnect();
  }

  #call(issuer, method, args) {
    const call = (this.#next += 1);
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
      this.#child.send({ call, issuer, method, args });
    });
  }
}

const METHODS = ["listen", "close", "fail", "publish", "pair", "forget", "mint", "counts"];
