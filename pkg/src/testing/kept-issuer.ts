/** An issuer that runs by itself, as the native command `countersign issuer` does, with a state that is kept. */
import { LocalIssuer } from "./local-issuer.js";
import { listen } from "./server.js";

/** What to run. */
export interface KeptIssuerSettings {
  /** The configuration, TOML or JSON: `defaultConfig()` for the built-in one. */
  readonly config: string;
  /** An address of this machine. Whoever reaches another one can mint tokens as anyone. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The state that was saved, to carry on from. */
  readonly state?: string | undefined;
  /**
   * Keeps the state: called at once, and before any answer after which it is another one. It holds private keys.
   * When it throws or rejects, the answer is AWS's internal failure.
   */
  readonly save?: ((state: string) => unknown) | undefined;
}

/** An issuer that listens. */
export interface KeptIssuer {
  /** Where it is reached from this machine, without a slash at the end. */
  readonly url: string;
  /** Every account with its issuer identifier, in the order of account numbers. */
  readonly issuers: readonly (readonly [account: string, issuer: string])[];
  close(): Promise<void>;
}

/**
 * Starts an issuer.
 *
 * @throws {IssuerConfigError} for a configuration or a state that cannot be used, before anything listens.
 */
export async function startIssuer({ config, host, port, state, save }: KeptIssuerSettings): Promise<KeptIssuer> {
  const issuer = new LocalIssuer({ config, state, baseUrl: `http://${host}` });
  let saved = 0;
  const keep = async (): Promise<void> => {
    const { revision } = issuer;
    if (save !== undefined && revision !== saved) {
      await save(issuer.snapshot());
      saved = revision;
    }
  };
  await keep();
  const server = await listen({
    host,
    port,
    respond: async (request) => {
      const answer = issuer.respond(request, Date.now());
      // Saved before it is answered: no token may outlive its key because of a crash.
      await keep();
      return answer;
    },
  });
  issuer.setBaseUrl(server.url);
  return { url: server.url, issuers: issuer.issuers(), close: () => server.close() };
}
