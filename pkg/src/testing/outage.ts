/** An issuer that cannot be reached, or not well. */
import { OptionsError } from "../errors.js";

/**
 * How an issuer fails:
 * - `"network"`: connections fail, as when its name cannot be resolved.
 * - `"hang"`: there is never an answer.
 * - `{ status }`: it answers with an HTTP status, such as 503.
 * - `{ delaySeconds }`: it answers as ever, but takes so long, of real time.
 */
export type Outage = "network" | "hang" | { readonly status: number } | { readonly delaySeconds: number };

/** An outage that goes on. */
export interface OutageHandle {
  /** All is well again. Requests that hang are answered then. */
  end(): void;
}

/** What becomes of a request: nothing, so that it is answered; an HTTP status; or an error of the network. */
export type Failure = undefined | { readonly status: number } | "network";

/** The outage of the moment, if there is one. */
export class Weather {
  /** In an object, so that each outage is itself. */
  #outage: { readonly kind: Outage } | undefined;
  #over: Promise<void> = Promise.resolve();
  #end: () => void = () => undefined;

  /** Begins an outage, in place of any other. */
  begin(kind: Outage): OutageHandle {
    checked(kind);
    this.clear();
    const outage = { kind };
    this.#outage = outage;
    this.#over = new Promise((resolve) => {
      this.#end = resolve;
    });
    return {
      end: () => {
        if (this.#outage === outage) {
          this.clear();
        }
      },
    };
  }

  clear(): void {
    this.#outage = undefined;
    this.#end();
  }

  /** What becomes of a request, as soon as it is known. Rejects when the signal aborts first. */
  async failure(signal?: AbortSignal): Promise<Failure> {
    if ((signal as { aborted?: boolean } | undefined)?.aborted === true) {
      throw (signal as { reason?: unknown }).reason;
    }
    const outage = this.#outage?.kind;
    if (outage === undefined || outage === "network") {
      return outage;
    }
    if (typeof outage === "object" && "status" in outage) {
      return { status: outage.status };
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waits = [this.#over];
    if (outage !== "hang") {
      waits.push(
        new Promise((resolve) => {
          timer = setTimeout(resolve, outage.delaySeconds * 1000);
        }),
      );
    }
    try {
      await aborting(Promise.race(waits), signal);
    } finally {
      clearTimeout(timer);
    }
    return undefined;
  }
}

function checked(outage: Outage): void {
  const { status, delaySeconds } = (typeof outage === "object" && outage !== null ? outage : {}) as {
    status?: unknown;
    delaySeconds?: unknown;
  };
  const isStatus = typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599;
  const isDelay = typeof delaySeconds === "number" && delaySeconds >= 0 && delaySeconds <= 3600;
  if (outage !== "network" && outage !== "hang" && !(isStatus && delaySeconds === undefined) && !(isDelay && status === undefined)) {
    const message = '`outage` takes "network", "hang", { status } from 200 to 599, or { delaySeconds } up to 3600.';
    throw new OptionsError("options.type", "outage", message);
  }
}

/** The promise, unless the signal aborts first: then it rejects with the signal's reason. */
async function aborting<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return promise;
  }
  let onAbort: (() => void) | undefined;
  const abort = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject((signal as { reason?: unknown }).reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, abort]);
  } finally {
    signal.removeEventListener("abort", onAbort as () => void);
  }
}
