// One contender before one issuer, both new: no cache outlives a line of the table.
import assert from "node:assert/strict";

import { Issuer } from "./issuer.mjs";
import { KEY_SET } from "./keys.mjs";
import { AUDIENCE, ISSUER } from "./tokens.mjs";

const AWS_ALGORITHMS = ["ES384", "RS256"];

/** Opens an issuer, lets a new verifier of this contender meet it, and closes it. */
export async function meet(contender, { keySet = KEY_SET, headers, algorithms = AWS_ALGORITHMS } = {}, run) {
  const issuer = await Issuer.open(keySet, headers);
  try {
    const settings = { issuer: ISSUER, audience: AUDIENCE, keys: issuer };
    const verify = contender.create(algorithms === ANY ? settings : { ...settings, algorithms });
    return await run(new Meeting(contender.name, issuer, verify));
  } finally {
    await issuer.close();
  }
}

/** No list of algorithms is given, and the contender's own default holds. */
export const ANY = Symbol("any algorithm");

class Meeting {
  #name;
  #verify;

  constructor(name, issuer, verify) {
    this.#name = name;
    this.#verify = verify;
    this.issuer = issuer;
  }

  /** Whether a token is accepted, and if not, by which code or error. Waits for what goes on behind it. */
  async judge(token) {
    const verdict = await this.judgeAtOnce(token);
    await this.issuer.idle();
    return verdict;
  }

  async judgeAtOnce(token) {
    try {
      const claims = await this.#verify(token);
      assert.equal(claims.iss, ISSUER, `${this.#name} accepts, and returns no claims`);
      return { accepted: true };
    } catch (error) {
      if (error instanceof assert.AssertionError) {
        throw error;
      }
      return { accepted: false, code: codeOf(error) };
    }
  }

  /** A good token must be accepted: a contender that was set up wrongly would refuse everything. */
  async mustAccept(token) {
    const { accepted, code } = await this.judge(token);
    assert.ok(accepted, `${this.#name} refuses a good token: ${code}`);
  }

  /** How many times the key set is asked for while this is done. */
  async fetchesOf(work) {
    const before = this.issuer.fetches;
    await work();
    await this.issuer.idle();
    return this.issuer.fetches - before;
  }
}

/** A code where there is one. Messages vary with ports and positions, and serve only where nothing else does. */
function codeOf({ code, name, message, constructor }) {
  if (typeof code === "string") {
    return code;
  }
  const kind = name === "Error" ? constructor.name : name;
  return kind === "Error" ? message : kind;
}
