// What a row or a story is played with: an issuer, a verifier of the packed package, a clock, and counts.
import { createVerifier, VerificationError } from "../conformance/node/package-under-test.mjs";
import { ACCOUNT, AUDIENCE, ORGANIZATION } from "./signing.mjs";

export const NOW = 1_764_000_000;
export const KEY = { kid: "EC384_0", pair: "first" };

/** Pins these issuers. */
export function policyFor(issuers) {
  const loopback = issuers.map(({ origin }) => origin).filter((origin) => origin.startsWith("http:"));
  return {
    audience: AUDIENCE,
    trust: issuers.map(({ issuer }) => ({ issuer, account: ACCOUNT })),
    ...(loopback.length === 0 ? {} : { dangerLoopbackIssuers: loopback }),
  };
}

/** Trusts an organization, whose accounts have their issuers at these origins; and pins none. */
export const policyForOrganization = (...issuers) => ({
  audience: AUDIENCE,
  trust: [{ organization: ORGANIZATION }],
  dangerLoopbackIssuers: issuers.map(({ origin }) => origin),
});

export class World {
  now = NOW;
  events = [];
  #reading = { most: 0, underWay: 0 };
  #counted = 0;
  #first;

  constructor(issuer, options = {}) {
    const { policy = policyFor([issuer]), keyStore = {} } = options;
    this.issuer = issuer;
    this.verifier = createVerifier(policy, {
      now: () => this.now,
      fetch: (url, init) => this.#fetch(url, init),
      onEvent: (event) => this.events.push(event),
      keyStore,
    });
  }

  /** A token minted now, and the verdict on it. */
  async verdict(key = KEY, rest = {}) {
    const [token] = await this.issuer.mint({ ...key, now: this.now, ...rest });
    return this.judge(token);
  }

  /** The verdict on the token that was minted first. */
  async same() {
    this.#first ??= this.issuer.mint({ ...KEY, now: this.now });
    return this.judge((await this.#first)[0]);
  }

  async judge(token) {
    const text = await this.verifier.verify(token).then(() => "accepted", wording);
    await this.#quiet();
    const { stale } = this.events.findLast(({ type }) => type === "verified" || type === "refused");
    return text === "accepted" && stale ? "accepted, stale" : text;
  }

  /** How many documents the issuer was asked for since this was asked last. */
  async requests() {
    const { requests } = await this.issuer.counts();
    const more = requests - this.#counted;
    this.#counted = requests;
    return more;
  }

  /** How many bytes of one document this side has read at most. */
  get bytes() {
    return this.#reading.most;
  }

  /** How the last fetch from the issuer ended. */
  get ends() {
    const last = this.events.findLast(({ type, issuer }) => type === "fetch" && issuer === this.issuer.issuer);
    return last === undefined ? "none" : (last.failure ?? (last.status === 200 ? "whole" : `status ${last.status}`));
  }

  /** Renewals in the background belong to the step that caused them. */
  async #quiet() {
    while (this.#reading.underWay > 0) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    // What follows from an answer is begun in the turn after it.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (this.#reading.underWay > 0) {
      await this.#quiet();
    }
  }

  /** Node's own fetch, with what is read of the body counted. */
  async #fetch(url, init) {
    this.#reading.underWay += 1;
    init.signal.addEventListener("abort", () => (this.#reading.underWay -= 1), { once: true });
    const response = await fetch(url, init);
    const reader = response.body?.getReader();
    let bytes = 0;
    const counted = {
      read: async () => {
        const chunk = await reader.read();
        bytes += chunk.value?.byteLength ?? 0;
        this.#reading.most = Math.max(this.#reading.most, bytes);
        return chunk;
      },
      cancel: (reason) => reader.cancel(reason),
    };
    const { status, type, redirected, headers } = response;
    return { status, type, redirected, headers, body: reader === undefined ? null : { getReader: () => counted } };
  }
}

export function wording(error) {
  if (!(error instanceof VerificationError)) {
    throw error;
  }
  return `${error.code} (${error.status})`;
}
