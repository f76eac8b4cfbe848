import { GetWebIdentityTokenCommand, STSClient } from "@aws-sdk/client-sts";

/** This workload's tokens for one audience: asked for when the first is needed, and anew before they expire. */
export class Tokens {
  #client;
  #request;
  #renewSecondsBefore;
  /** The newest one, `{ token, renewAt, expiresAt }`, in milliseconds since the epoch. */
  #held;
  /** A request to STS under way, for however many wait for it. */
  #asking;

  /**
   * @param {object} options
   * @param {string} options.audience what the called service takes tokens for
   * @param {number} [options.seconds] how long a token lives: 60 to 3600
   * @param {number} [options.renewSecondsBefore] how long before it expires a new one is asked for
   * @param {STSClient} [options.client] one with a region: STS's global endpoint makes no such tokens
   */
  constructor({ audience, seconds = 300, renewSecondsBefore = 60, client = new STSClient() }) {
    this.#client = client;
    this.#request = { Audience: [audience], SigningAlgorithm: "ES384", DurationSeconds: seconds };
    this.#renewSecondsBefore = renewSecondsBefore;
  }

  /** A token that lives on for a while. */
  async get() {
    if (this.#held !== undefined && Date.now() < this.#held.renewAt) return this.#held.token;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    try {
      return await this.#asking;
    } catch (error) {
      // STS cannot be asked just now: what is held serves on until it expires.
      if (this.#held === undefined || Date.now() >= this.#held.expiresAt) throw error;
      return this.#held.token;
    }
  }

  /** Says that a service refused this token, so that the next one is new. */
  refused(token) {
    if (this.#held?.token === token) this.#held = undefined;
  }

  async #ask() {
    const { WebIdentityToken: token, Expiration } = await this.#client.send(new GetWebIdentityTokenCommand(this.#request));
    const expiresAt = Expiration.getTime();
    this.#held = { token, expiresAt, renewAt: expiresAt - this.#renewSecondsBefore * 1000 };
    return token;
  }
}
